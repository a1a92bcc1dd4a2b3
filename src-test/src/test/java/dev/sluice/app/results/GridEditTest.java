package dev.sluice.app.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.Workbench;
import dev.sluice.app.WorkbenchOptions;
import dev.sluice.app.WorkbenchWindow;
import dev.sluice.app.results.GovernedTransaction.Outcome;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.ServerTrust;
import dev.sluice.gateway.remote.TrustMemory;
import dev.sluice.gateway.signin.ServerSignIn;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.gateway.workspace.SignIn;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.server.ServerConfig;
import dev.sluice.server.SluiceServer;
import dev.sluice.server.Target;
import dev.sluice.server.directory.AccountSeed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows that are changed in the grid, over a real server and a real database.
class GridEditTest {

  private static final String POLICY =
      """
      version: 1
      expires: 2099-12-31T00:00:00Z
      connections:
        - {name: shop, environment: development, owner: data-owners}
      classifications:
        - {tag: pii.email, columns: [customers.email]}
      masks:
        pii.email: {algorithm: email, uses: deny}
      rules:
        - id: prices-need-a-second-person
          when: statement.writes && statement.tables.exists(t, t.endsWith("prices"))
          effect: require-approval
          approvers: {any-of: [group:data-owners]}
        - id: work
          when: '"analysts" in user.groups'
          effect: allow
          limits: {rows: 1000, seconds: 20}
      """;

  @TempDir Path folder;
  private Path database;
  private SluiceServer server;
  private BoundedParserWorker worker;
  private SqliteJournal journal;
  private ServerWorkspace workspace;

  @BeforeEach
  void open() throws Exception {
    database = folder.resolve("shop.db");
    sql(
        "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT, city TEXT,"
            + " credit NUMERIC, note BLOB)",
        "INSERT INTO customers VALUES (1, 'O''Hara', 'ohara@shop.example', 'Rome', 10.50, NULL),"
            + " (2, 'Ann', 'ann@shop.example', NULL, 3, NULL),"
            + " (3, 'Bo', 'bo@shop.example', 'Oslo', 4, NULL)",
        "CREATE TABLE prices (id INTEGER PRIMARY KEY, amount INTEGER)",
        "INSERT INTO prices VALUES (1, 100)",
        "CREATE TABLE heap (a INTEGER, b TEXT)");
    server =
        SluiceServer.start(
            ServerConfig.inFolder(folder.resolve("server"))
                .withTargets(
                    List.of(
                        Target.file(
                            ConnectionDefinition.file("shop", Dialect.SQLITE, database.toString()),
                            "development",
                            "data-owners")))
                .withPolicy(POLICY)
                .withAccounts(
                    List.of(
                        AccountSeed.person(
                            "ana",
                            "Ana",
                            "",
                            Set.of("analysts"),
                            Set.of("analyst"),
                            "correct horse"))));
    worker = BoundedParserWorker.standard();
    journal = SqliteJournal.open(folder.resolve("journal.db"));
    workspace =
        ServerWorkspace.open(
            HttpServerClient.signIn(
                ServerTrust.pin(server.address(), server.info()),
                TrustMemory.inMemory(),
                "ana",
                "correct horse".toCharArray(),
                "test"),
            LocalCore.of(worker),
            journal);
  }

  @AfterEach
  void close() throws Exception {
    workspace.close();
    journal.close();
    worker.close();
    server.close();
  }

  private void sql(String... statements) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  private String value(String query) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
    }
  }

  /// Runs a query on the governed road and makes its rows ready to be changed.
  private RowEdits edit(String query) throws Exception {
    CompletableFuture<RunEvent> last = new CompletableFuture<>();
    CompletableFuture<List<RunEvent.ResultColumn>> columns = new CompletableFuture<>();
    CompletableFuture<ColumnStore> store = new CompletableFuture<>();
    workspace.run(
        "shop",
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
            workspace.decide("shop", query).getFirst().analysis(),
            workspace.catalog("shop", false),
            columns.join()),
        store.join());
  }

  /// The same by hand, in a real window, with a script that was opened by its name.
  @Test
  void in_the_window_a_cell_is_typed_over_previewed_and_sent() throws Exception {
    Path script = folder.resolve("cities.sql");
    Files.write(
        script,
        "SELECT id, name, email, city FROM customers ORDER BY id;\r\n"
            .getBytes(StandardCharsets.UTF_8));
    SignIn signIn =
        new ServerSignIn(
            ServerTrust.pin(server.address(), server.info()),
            TrustMemory.inMemory(),
            "test",
            client -> ServerWorkspace.open(client, LocalCore.of(worker), journal));
    WorkbenchWindow window =
        Workbench.open(
            signIn,
            WorkbenchOptions.in(folder.resolve("state"))
                .withAccount("ana")
                .withTheme("light")
                .withSize(1280, 800)
                .withFiles(List.of(script)));
    try (WindowHand hand = new WindowHand(window)) {
      hand.type(ControlIds.SIGN_IN_PASSWORD, "correct horse");
      hand.fire(ControlIds.SIGN_IN_SUBMIT);
      hand.await("the workbench", hand::isOpen);
      hand.await("the script", () -> hand.tab().titleProperty().get().equals("cities.sql"));
      hand.await("a connection", () -> hand.tab().editor().connectionProperty().get().isPresent());
      hand.command("statement.run");
      hand.await("rows", () -> hand.shownRows() == 3);
      hand.fire(ControlIds.EDIT_ROWS);
      hand.await("the bar", () -> hand.has(ControlIds.EDIT_BAR));
      hand.cell(1, 3, "Bari");
      hand.cell(0, 2, "nobody@shop.example");
      assertThat(hand.text(ControlIds.EDIT_WORDS)).contains("masked");
      hand.fire(ControlIds.EDIT_ADD);
      hand.cell(3, 1, "Cy");
      hand.fire(ControlIds.EDIT_PREVIEW);
      hand.picture("grid-edit");
      assertThat(hand.text(ControlIds.EDIT_SQL))
          .contains("SET \"city\" = 'Bari'")
          .contains("\"city\" IS NULL")
          .contains("VALUES ('Cy')");
      assertThat(value("SELECT city FROM customers WHERE id = 2")).isEqualTo("null");

      hand.fire(ControlIds.EDIT_SUBMIT);
      hand.await("rows again", () -> hand.shownRows() == 4);
      assertThat(value("SELECT city FROM customers WHERE id = 2")).isEqualTo("Bari");

      // Somebody else writes the script: it is said, and saving does not write over it.
      Files.writeString(script, "SELECT 1");
      hand.append("-- mine");
      hand.command("file.save");
      hand.await("the notice", () -> hand.has(ControlIds.FILE_CHANGED));
      assertThat(script).hasContent("SELECT 1");
      hand.picture("file-changed");
      hand.fire(ControlIds.FILE_KEEP);
      hand.await("no notice", () -> !hand.has(ControlIds.FILE_CHANGED));
      hand.command("file.save");
      hand.await("it saved", () -> Files.readString(script).endsWith("-- mine"));

      // A long script gets all of its colours, to its end.
      String line = "\nSELECT id FROM orders WHERE note = 'x';";
      hand.append(String.join("", Collections.nCopies(5_000, line)));
      hand.await("the last colours", () -> hand.styleAtTheEnd().equals("sql-string"));
      hand.append("\n-- end of it");
      hand.await("newer colours", () -> hand.styleAtTheEnd().equals("sql-comment"));

      // The text of the tab goes among the kept ones under a name.
      hand.command("query.keep");
      hand.type(ControlIds.SAVED_NAME, "cities");
      hand.type(ControlIds.SAVED_FOLDER, "Reports");
      hand.fire(ControlIds.SAVED_KEEP);
      Path kept = folder.resolve("state").resolve("queries").resolve("Reports");
      hand.await("it kept", () -> Files.exists(kept.resolve("cities.sql")));
      hand.await("it shown", () -> hand.rowsOf(ControlIds.SAVED_LIST) == 1);
      hand.picture("saved");
    }
  }

  private Outcome submit(RowEdits edits) throws Exception {
    return new EditSubmission(workspace, "shop", () -> "test").send(EditStatements.of(edits));
  }

  @Test
  void changes_additions_and_deletions_arrive_together_and_quotes_stay_values() throws Exception {
    RowEdits edits = edit("SELECT id, name, email, city, credit FROM customers ORDER BY id");
    assertThat(edits.set(0, 1, Optional.of("O'Hara'); DROP TABLE customers; --"))).isEmpty();
    assertThat(edits.set(0, 3, Optional.empty())).isEmpty();
    assertThat(edits.set(1, 3, Optional.of("Milan"))).isEmpty();
    assertThat(edits.set(1, 4, Optional.of("-2.75"))).isEmpty();
    edits.delete(2);
    edits.add();
    assertThat(edits.set(-1, 1, Optional.of("New"))).isEmpty();
    assertThat(edits.set(-1, 2, Optional.of("new@shop.example"))).isEmpty();

    assertThat(submit(edits)).isEqualTo(new Outcome.Done(4));

    assertThat(value("SELECT name FROM customers WHERE id = 1"))
        .isEqualTo("O'Hara'); DROP TABLE customers; --");
    assertThat(value("SELECT city IS NULL FROM customers WHERE id = 1")).isEqualTo("1");
    assertThat(value("SELECT city || credit FROM customers WHERE id = 2")).isEqualTo("Milan-2.75");
    assertThat(value("SELECT count(*) FROM customers WHERE name = 'Bo'")).isEqualTo("0");
    assertThat(value("SELECT email FROM customers WHERE name = 'New'"))
        .isEqualTo("new@shop.example");
  }

  @Test
  void a_row_that_somebody_else_changed_meanwhile_is_not_overwritten_and_nothing_else_stays()
      throws Exception {
    RowEdits edits = edit("SELECT id, name, city FROM customers ORDER BY id");
    edits.set(0, 2, Optional.of("Paris"));
    edits.set(1, 2, Optional.of("Paris"));
    edits.delete(2);
    sql("UPDATE customers SET city = 'Turin' WHERE id = 1");

    assertThat(submit(edits)).isEqualTo(new Outcome.Conflict(2, 1));

    assertThat(value("SELECT group_concat(coalesce(city, '-')) FROM customers"))
        .isEqualTo("Turin,-,Oslo");
  }

  @Test
  void what_is_masked_computed_or_of_another_type_is_not_taken() throws Exception {
    RowEdits edits =
        edit(
            "SELECT id, email, upper(name) AS loud, note, credit, name FROM customers ORDER BY id");

    assertThat(edits.set(0, 1, Optional.of("x@y.example"))).isEqualTo("edit.no.masked");
    assertThat(edits.set(0, 2, Optional.of("X"))).isEqualTo("edit.no.computed");
    assertThat(edits.set(0, 3, Optional.of("X"))).isEqualTo("edit.no.type");
    assertThat(edits.set(0, 4, Optional.of("1,5"))).isEqualTo("edit.wrong.decimal");
    assertThat(edits.set(0, 0, Optional.empty())).isEqualTo("edit.no.null");
    assertThat(edits.set(0, 5, Optional.empty())).isEqualTo("edit.no.null");
    assertThat(edits.isEmpty()).isTrue();
    // What is typed back is no change.
    edits.set(0, 5, Optional.of("Other"));
    edits.set(0, 5, Optional.of("O'Hara"));
    assertThat(edits.isEmpty()).isTrue();
  }

  @Test
  void rows_that_cannot_be_told_apart_are_not_editable() {
    assertThatThrownBy(() -> edit("SELECT a, b FROM heap")).hasMessage("edit.no.key");
    assertThatThrownBy(() -> edit("SELECT name FROM customers")).hasMessage("edit.no.key-shown");
    assertThatThrownBy(
            () -> edit("SELECT c.id, p.amount FROM customers c JOIN prices p ON p.id = c.id"))
        .hasMessage("edit.no.one-table");
  }

  @Test
  void what_needs_a_second_person_is_not_sent() throws Exception {
    RowEdits edits = edit("SELECT id, amount FROM prices");
    edits.set(0, 1, Optional.of("1"));

    assertThat(submit(edits)).isEqualTo(new Outcome.NotAllowed());
    assertThat(value("SELECT amount FROM prices")).isEqualTo("100");
    assertThat(EditStatements.of(edits))
        .singleElement()
        .satisfies(
            planned ->
                assertThat(planned.statement().text())
                    .endsWith("SET \"amount\" = 1\nWHERE \"id\" = 1 AND \"amount\" = 100"));
  }
}
