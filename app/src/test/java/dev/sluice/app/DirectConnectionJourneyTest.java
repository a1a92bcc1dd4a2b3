package dev.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.fake.FakeServer;
import dev.sluice.gateway.direct.DirectConnection;
import dev.sluice.gateway.direct.DirectConnections;
import dev.sluice.governance.sql.Dialect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.ChoiceBox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person describes a database of their own, tries it and saves it. The trial is real.
class DirectConnectionJourneyTest {

  @TempDir Path folder;

  private final FakeServer server = new FakeServer();

  @SuppressWarnings("unchecked")
  private static <T> void choose(Journey journey, String id, T value) {
    journey.awaitNode(id);
    journey.interact(
        () -> ((ChoiceBox<T>) journey.window().scene().lookup("#" + id)).setValue(value));
  }

  @Test
  void a_connection_is_tried_in_words_and_saved_without_its_password() throws Exception {
    Path file = folder.resolve("notes.db");
    try (var made = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = made.createStatement()) {
      statement.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT)");
    }
    int free;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      free = taken.getLocalPort();
    }
    try (DirectConnections direct =
            new DirectConnections(folder.resolve("direct"), folder.resolve("known_hosts"));
        Journey journey = open(direct, "own", "light", Locale.ENGLISH)) {
      journey.signIn("analyst", FakeServer.PASSWORD).awaitWorkbench();
      journey.interact(() -> journey.window().navigate("direct")).settle();
      journey.type("direct-name", "mine").type("direct-host", "db.example.org");
      journey.type("direct-user", "ann").type("direct-password", "s3cret-word");
      journey.type("direct-database", "shop");
      choose(journey, "direct-hop", "key");
      journey.awaitNode("direct-hop-host").picture("tunnel");
      choose(journey, "direct-hop", "none");
      journey.type("direct-host", "127.0.0.1").type("direct-port", String.valueOf(free));
      journey.fire("direct-test");
      journey.await("a diagnosis", () -> journey.text("direct-steps").contains("refused"));
      journey.picture("refused");
      journey.fire("direct-save");
      journey.await("it is saved", () -> !direct.list().isEmpty());
      assertThat(direct.list()).extracting(DirectConnection::name).containsExactly("mine");
      try (var files = Files.walk(folder.resolve("direct"))) {
        for (Path each : files.filter(Files::isRegularFile).toList()) {
          assertThat(Files.readString(each)).doesNotContain("s3cret-word");
        }
      }
      choose(journey, "direct-engine", Dialect.SQLITE);
      journey.type("direct-name", "notes").type("direct-database", file.toString());
      journey.fire("direct-test");
      journey.await("it works", () -> journey.text("direct-steps").contains("1 tables and views"));
      journey.picture("file");
    }
  }

  private Journey open(DirectConnections direct, String name, String theme, Locale locale) {
    server.direct = Optional.of(direct);
    return new Journey(
        Workbench.open(
            server,
            WorkbenchOptions.in(folder.resolve(name))
                .withAccount("analyst")
                .withTheme(theme)
                .withLocale(locale)
                .withSize(980, 780)),
        "direct-" + name);
  }
}
