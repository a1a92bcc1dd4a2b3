package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.direct.DirectConnection;
import dev.sluice.gateway.direct.DirectConnections;
import dev.sluice.gateway.direct.DirectSecrets;
import dev.sluice.gateway.journal.Journal;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.workspace.Origin;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementText;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person's own login on a real PostgreSQL: the policy decides there too, and the journal of the
/// machine has the record.
class DirectRoadTest {

  /// The policy names the connection: one that it does not know is refused as any other.
  private static final String POLICY =
      TestServer.POLICY.replace(
          "connections:\n",
          "connections:\n  - {name: mine, environment: development, owner: data-platform}\n");

  @TempDir Path folder;

  private static RunEvent run(ServerWorkspace workspace, String sql) throws InterruptedException {
    BlockingQueue<RunEvent> last = new ArrayBlockingQueue<>(1);
    workspace.run(
        "mine",
        StatementText.of(sql),
        event -> {
          if (event instanceof RunEvent.Completed
              || event instanceof RunEvent.Refused
              || event instanceof RunEvent.Failed
              || event instanceof RunEvent.Cancelled) {
            last.add(event);
          }
        });
    RunEvent end = last.poll(60, TimeUnit.SECONDS);
    assertThat(end).as(sql).isNotNull();
    return end;
  }

  @Test
  void what_the_policy_allows_runs_with_the_own_login_and_what_it_refuses_does_not()
      throws Exception {
    try (TestServer server = TestServer.start(folder, config -> config.withPolicy(POLICY));
        BoundedParserWorker worker = BoundedParserWorker.standard();
        Journal journal = SqliteJournal.open(folder.resolve("journal.db"));
        DirectConnections direct =
            new DirectConnections(folder.resolve("direct"), folder.resolve("known_hosts"))) {
      int port = GovernedShop.running().port();
      try (Connection admin =
              DriverManager.getConnection(
                  "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "postgres");
          Statement statement = admin.createStatement()) {
        statement.execute("DROP DATABASE IF EXISTS own_road WITH (FORCE)");
        statement.execute("CREATE DATABASE own_road");
      }
      String url = "jdbc:postgresql://127.0.0.1:" + port + "/own_road";
      try (Connection raw = DriverManager.getConnection(url, "postgres", "postgres");
          Statement statement = raw.createStatement()) {
        statement.execute("CREATE TABLE notes (id int PRIMARY KEY, words text)");
      }
      direct.save(
          new DirectConnection(
              "mine",
              Dialect.POSTGRESQL,
              "127.0.0.1",
              port,
              "own_road",
              "postgres",
              false,
              Optional.empty(),
              "development",
              Optional.empty()),
          new DirectSecrets("postgres", ""));
      try (ServerWorkspace workspace =
          ServerWorkspace.open(
              server.signIn("analyst"), LocalCore.of(worker), journal, Origin.window(), direct)) {
        assertThat(workspace.connections())
            .extracting(WorkspaceConnection::context)
            .anySatisfy(
                context -> {
                  assertThat(context.name()).isEqualTo("mine");
                  assertThat(context.ring()).isEqualTo("direct");
                });
        assertThat(run(workspace, "SELECT * FROM notes")).isInstanceOf(RunEvent.Completed.class);
        RunEvent refused = run(workspace, "DROP TABLE notes");
        assertThat(refused).isInstanceOf(RunEvent.Refused.class);
        try (Connection raw = DriverManager.getConnection(url, "postgres", "postgres");
            Statement statement = raw.createStatement();
            ResultSet rows = statement.executeQuery("SELECT count(*) FROM notes")) {
          assertThat(rows.next()).isTrue();
        }
        RunEvent unnamed = run(workspace, "INSERT INTO notes VALUES (1, 'x')");
        assertThat(unnamed).isInstanceOf(RunEvent.Refused.class);
        assertThat(journal.unknownOutcomes()).isEqualTo(List.of());
        direct.unlock("mine", DirectSecrets.NONE);
        direct.remove("mine");
        workspace.directChanged("mine");
        assertThat(run(workspace, "SELECT 1"))
            .isInstanceOfSatisfying(
                RunEvent.Failed.class,
                failed -> assertThat(failed.problem().code()).isEqualTo("unknown-connection"));
      }
    }
  }
}
