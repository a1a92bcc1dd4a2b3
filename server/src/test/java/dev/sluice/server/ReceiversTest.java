package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.NewWebhook;
import dev.sluice.governance.codec.wire.NoticeTrial;
import dev.sluice.governance.codec.wire.ReceiverList.Receiver;
import dev.sluice.server.export.Sink;
import dev.sluice.server.store.StoreConfig;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Receivers that administrators add while the server runs.
class ReceiversTest {

  private static final String SECRET_PLACE = "https://hooks.acme.test/T0/B0/sEcReTpLaCe";

  @TempDir Path folder;

  private static NewWebhook webhook(String name, String format, String address, String secret) {
    return new NewWebhook(name, format, address, secret, Set.of("approval."));
  }

  @Test
  void oneIsAddedListedAndRemovedAndItsAddressNeverComesBack() throws Exception {
    try (TestServer server = TestServer.start(folder);
        HttpServerClient root = server.signIn("root")) {
      root.administration().addReceiver(webhook("team", "slack", SECRET_PLACE, ""));
      assertThat(root.administration().receivers())
          .containsExactly(
              new Receiver("team", "slack", "hooks.acme.test", Set.of("approval."), 0, 0, false));
      assertThat(Codes.of(() -> again(root))).isEqualTo("exists");
      assertThat(root.administration().tryReceiver("team").arrived()).isFalse();

      server.signIn("analyst").requestApproval(TestServer.wants("UPDATE orders SET id = id"));
      assertThat(stored(folder)).doesNotContain("sEcReTpLaCe");
      root.administration().removeReceiver("team");
      assertThat(root.administration().receivers()).isEmpty();
      assertThat(Codes.of(() -> root.administration().removeReceiver("team")))
          .isEqualTo("not-found");
    }
  }

  @Test
  void whatIsNotAnAddressForNoticesIsRefusedWithoutSayingIt() throws Exception {
    try (TestServer server = TestServer.start(folder);
        HttpServerClient root = server.signIn("root")) {
      for (NewWebhook wrong :
          List.of(
              webhook("team", "slack", "http://hooks.acme.test/sEcReT", ""),
              webhook("team", "slack", "https:///sEcReT", ""),
              webhook("team", "slack", "file:///etc/passwd", ""),
              webhook("team", "slack", "https://user:sEcReT@hooks.acme.test/", ""),
              webhook("team", "slack", "https://hooks acme/sEcReT", ""),
              webhook("team", "slack", SECRET_PLACE, "a secret that nobody checks"),
              webhook("team", "generic", SECRET_PLACE, ""),
              webhook("team", "generic", SECRET_PLACE, "short"),
              webhook("team", "carrier pigeon", SECRET_PLACE, ""),
              webhook("../team", "slack", SECRET_PLACE, ""),
              webhook("", "slack", SECRET_PLACE, ""),
              new NewWebhook("team", "slack", SECRET_PLACE, "", Set.of("approval.*")))) {
        var problem = Codes.problem(() -> root.administration().addReceiver(wrong));
        assertThat(problem.code()).as(wrong.name()).isEqualTo("webhook-invalid");
        assertThat(problem.getMessage() + problem.wayOut()).doesNotContain("sEcReT");
      }
      assertThat(root.administration().receivers()).isEmpty();
      assertThat(Codes.of(() -> server.signIn("analyst").administration().receivers()))
          .isEqualTo("forbidden");
    }
  }

  @Test
  void anAddressOnThisMachineIsNeverReachedThroughTheWindow() throws Exception {
    try (TestServer server = TestServer.start(folder);
        HttpServerClient root = server.signIn("root")) {
      root.administration().addReceiver(webhook("inside", "slack", "https://127.0.0.1:9/x", ""));
      NoticeTrial trial = root.administration().tryReceiver("inside");
      assertThat(trial.arrived()).isFalse();
      assertThat(trial.detail()).contains("private network");
    }
  }

  @Test
  void oneOfTheConfigurationIsTriedAndStays() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          heard.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    Sink sink =
        new Sink.Webhook(
            "duty",
            Set.of("policy."),
            URI.create("http://127.0.0.1:" + receiver.getAddress().getPort()),
            Sink.Format.SLACK,
            Optional.empty(),
            true);
    try (TestServer server =
            TestServer.start(
                folder,
                config -> config.withOperations(Operations.standard().withSinks(List.of(sink))));
        HttpServerClient root = server.signIn("root")) {
      assertThat(root.administration().tryReceiver("duty").arrived()).isTrue();
      assertThat(heard.poll(20, TimeUnit.SECONDS)).contains("tries whether Sluice reaches");
      assertThat(Codes.of(() -> root.administration().removeReceiver("duty")))
          .isEqualTo("in-configuration");
      assertThat(
              Codes.of(
                  () ->
                      root.administration()
                          .addReceiver(webhook("duty", "slack", SECRET_PLACE, ""))))
          .isEqualTo("exists");
    } finally {
      receiver.stop(0);
    }
  }

  @Test
  void anotherServerOnTheSameStoreTakesItUp() throws Exception {
    StoreConfig store = TestServer.freshPostgreSqlStore();
    try (TestServer one = TestServer.start(folder, c -> c.withStore(store));
        TestServer two = TestServer.start(folder, c -> c.withStore(store));
        HttpServerClient here = one.signIn("root");
        HttpServerClient there = two.signIn("root")) {
      here.administration().addReceiver(webhook("team", "slack", SECRET_PLACE, ""));
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (there.administration().receivers().isEmpty() && System.nanoTime() < end) {
        Thread.sleep(50);
      }
      assertThat(there.administration().receivers()).hasSize(1);
    }
  }

  private static void again(HttpServerClient root) throws WorkspaceProblem {
    root.administration().addReceiver(webhook("team", "teams", SECRET_PLACE, ""));
  }

  private static String stored(Path folder) throws Exception {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}
