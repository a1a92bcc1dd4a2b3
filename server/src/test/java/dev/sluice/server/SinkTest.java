package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.DeadLetterList;
import dev.sluice.server.export.Sink;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkTest {

  private static final Set<String> INTENTS = Set.of("statement.");
  private static final String SECRET = "between us";

  @TempDir Path folder;

  /// A received webhook.
  private record Hook(String path, Map<String, List<String>> headers, String body) {}

  @Test
  void entriesReachFileSyslogAndWebhooksEachInItsForm() throws Exception {
    BlockingQueue<Hook> hooks = new LinkedBlockingQueue<>();
    AtomicInteger refusals = new AtomicInteger(2);
    HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String path = exchange.getRequestURI().getPath();
          int status = path.equals("/busy") && refusals.getAndDecrement() > 0 ? 503 : 200;
          if (status == 200) {
            hooks.add(new Hook(path, Map.copyOf(exchange.getRequestHeaders()), body));
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    receiver.start();
    URI base = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort());
    BlockingQueue<String> syslog = new LinkedBlockingQueue<>();
    Path file = folder.resolve("lake.jsonl");
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> readSyslog(listener, syslog));
      List<Sink> sinks =
          List.of(
              new Sink.File("lake", INTENTS, file),
              new Sink.Syslog(
                  "siem", INTENTS, "127.0.0.1", listener.getLocalPort(), false, Optional.empty()),
              hook("busy", base.resolve("/busy"), Sink.Format.GENERIC, true),
              hook("slack", base.resolve("/slack"), Sink.Format.SLACK, true),
              hook("teams", base.resolve("/teams"), Sink.Format.TEAMS, true));
      try (TestServer server = start(sinks)) {
        server.signIn("analyst").intent(TestServer.reading("SELECT id FROM orders WHERE id = 99"));

        String message = syslog.poll(30, TimeUnit.SECONDS);
        assertThat(message)
            .startsWith("<110>1 ")
            .contains(" sluice ")
            .contains(" statement.intent [sluice@32473 sequence=\"")
            .contains("\"class_uid\":6005")
            .doesNotContain("SELECT");
        for (int i = 0; i < 3; i++) {
          Hook hook = hooks.poll(30, TimeUnit.SECONDS);
          assertThat(hook).isNotNull();
          assertThat(hook.body()).doesNotContain("SELECT");
          switch (hook.path()) {
            case "/busy" -> checkSigned(hook);
            case "/slack" -> assertThat(hook.body()).startsWith("{\"text\":\"");
            case "/teams" -> assertThat(hook.body()).contains("AdaptiveCard");
            default -> throw new AssertionError(hook.path());
          }
        }
        assertThat(refusals.get()).as("tries that were refused").isNegative();
        assertThat(Files.readAllLines(file))
            .singleElement()
            .satisfies(line -> assertThat(line).contains("\"name\":\"shop\""));
      }
    } finally {
      receiver.stop(0);
    }
  }

  @Test
  void whatIsNeverTakenIsPutAsideAndCanBeSentAgain() throws Exception {
    AtomicInteger answer = new AtomicInteger(410);
    AtomicInteger taken = new AtomicInteger();
    HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          taken.addAndGet(answer.get() == 200 ? 1 : 0);
          exchange.sendResponseHeaders(answer.get(), -1);
          exchange.close();
        });
    receiver.start();
    URI base = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/in");
    try (TestServer server =
        start(
            List.of(
                hook("gone", base, Sink.Format.GENERIC, true),
                hook("guarded", base, Sink.Format.GENERIC, false)))) {
      server.signIn("analyst").intent(TestServer.reading("SELECT id FROM orders WHERE id = 5"));
      RawClient root = RawClient.signIn(server.server().address(), "root");
      DeadLetterList letters = letters(root);
      for (int tries = 0; tries < 300 && letters.letters().size() < 2; tries++) {
        Thread.sleep(50);
        letters = letters(root);
      }
      assertThat(letters.letters())
          .extracting(letter -> letter.sink() + ": " + letter.reason())
          .containsExactlyInAnyOrder(
              "gone: The receiver answered 410.",
              "guarded: The address leads to this machine or a private network; only the server's"
                  + " configuration file can allow that (inside: true).");
      answer.set(200);
      for (var letter : letters.letters()) {
        root.send("POST", "/v1/dead-letters/" + letter.id() + "/redelivery", "");
      }
      assertThat(letters(root).letters())
          .extracting(letter -> letter.sink())
          .containsExactly("guarded");
      assertThat(taken.get()).isEqualTo(1);
    } finally {
      receiver.stop(0);
    }
  }

  private TestServer start(List<Sink> sinks) {
    return TestServer.start(
        folder, config -> config.withOperations(Operations.standard().withSinks(sinks)));
  }

  private static DeadLetterList letters(RawClient root) throws Exception {
    return JsonCodec.read(root.send("GET", "/v1/dead-letters", "").body(), DeadLetterList.class);
  }

  private static Sink hook(String name, URI address, Sink.Format format, boolean inside) {
    return new Sink.Webhook(name, INTENTS, address, format, Optional.of(SECRET), inside);
  }

  private static void checkSigned(Hook hook) throws Exception {
    String time = hook.headers().get("Sluice-timestamp").getFirst();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String expected =
        java.util.HexFormat.of()
            .formatHex(mac.doFinal((time + "." + hook.body()).getBytes(StandardCharsets.UTF_8)));
    assertThat(hook.headers().get("Sluice-signature")).containsExactly("v1=" + expected);
    assertThat(hook.body()).contains("\"class_uid\":6005");
  }

  private static void readSyslog(ServerSocket listener, BlockingQueue<String> messages) {
    try (Socket socket = listener.accept()) {
      InputStream in = socket.getInputStream();
      while (true) {
        ByteArrayOutputStream length = new ByteArrayOutputStream();
        for (int c = in.read(); c != ' '; c = in.read()) {
          if (c < 0) {
            return;
          }
          length.write(c);
        }
        byte[] message =
            in.readNBytes(Integer.parseInt(length.toString(StandardCharsets.US_ASCII)));
        messages.add(new String(message, StandardCharsets.UTF_8));
      }
    } catch (java.io.IOException e) {
      // The server stopped.
    }
  }
}
