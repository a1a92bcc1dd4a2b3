package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.ChangeOutcome;
import dev.sluice.gateway.workspace.PlannedChange;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.gateway.workspace.StatementSession;
import dev.sluice.gateway.workspace.TimelinePage;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.ChangeSet;
import dev.sluice.governance.codec.wire.ChangeSetRun;
import dev.sluice.governance.codec.wire.LiveReport;
import dev.sluice.governance.codec.wire.NewWriteFreeze;
import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.governance.codec.wire.StatementOutcome;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementText;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Changes that the policy allows without approval, on connections whose lent logins only read: the
/// server makes them, once, and all that belong together or none.
@Tag("slow")
class AllowedChangeTest {

  private static final String POLICY =
      TestServer.POLICY
          .replace(
              """
                when: connection.environment == "production" && statement.writes
              """,
              """
                when: statement.tables.exists(t, t.endsWith("customers")) && statement.writes
              """)
          .replace(
              """
              when: '"analysts" in user.groups && statement.reads_only'
              """,
              """
              when: '"analysts" in user.groups'
              """);

  @TempDir Path folder;

  @BeforeEach
  void tasks() {
    GovernedShop.running()
        .execute(
            "DROP TABLE IF EXISTS tasks, made_by_hand, copied",
            "CREATE TABLE tasks (id int PRIMARY KEY, words text, customer_id int)",
            "INSERT INTO tasks SELECT n, 'task ' || n, n FROM generate_series(1, 20) n");
  }

  private TestServer brokered() {
    return TestServer.start(folder, config -> config.withPolicy(POLICY));
  }

  private ServerWorkspace window(
      TestServer server, BoundedParserWorker worker, SqliteJournal journal)
      throws WorkspaceProblem {
    return ServerWorkspace.open(server.signIn("analyst"), LocalCore.of(worker), journal);
  }

  private static String value(String sql) {
    return GovernedShop.running().value(sql);
  }

  @Test
  void anAllowedChangeIsMadeByTheServerAndStandsInTheTimelineWithItsRows() throws Exception {
    try (TestServer server = brokered();
        BoundedParserWorker worker = BoundedParserWorker.standard();
        SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"));
        ServerWorkspace window = window(server, worker, journal)) {
      assertThat(window.changesByServer("shop")).isTrue();
      assertThat(Runs.run(window, "UPDATE tasks SET words = 'done' WHERE id <= 3").problem())
          .isEmpty();
      assertThat(value("SELECT count(*) FROM tasks WHERE words = 'done'")).isEqualTo("3");
      assertThat(Runs.run(window, "INSERT INTO tasks VALUES (30, 'new', 1) RETURNING id").rows())
          .containsExactly("[30]");
      assertThat(window.timeline(TimelineQuery.newest(50)).entries())
          .filteredOn(entry -> entry.title().equals("Ran"))
          .extracting(TimelinePage.Entry::statement, TimelinePage.Entry::rows)
          .containsExactly(
              tuple("INSERT INTO tasks VALUES (30, 'new', 1) RETURNING id", 1L),
              tuple("UPDATE tasks SET words = 'done' WHERE id <= 3", 3L));
      assertThat(journal.unknownOutcomes()).isEmpty();

      // A mask holds in what a change gives back, and what the policy asks about is asked about.
      assertThat(
              Runs.run(
                      window, "DELETE FROM tasks USING customers c WHERE tasks.id = 4 AND c.id = 7")
                  .problem())
          .isNotEmpty();
      assertThat(Runs.run(window, "DROP TABLE tasks").problem()).contains("do not run");
      assertThat(Runs.run(window, "UPDATE customers SET name = 'x'").problem()).isNotEmpty();
      assertThat(value("SELECT count(*) FROM tasks")).isEqualTo("21");
    }
  }

  @Test
  void whatTheDatabaseRefusesLeavesNothingAndIsSaidInItsPlace() throws Exception {
    try (TestServer server = brokered();
        BoundedParserWorker worker = BoundedParserWorker.standard();
        SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"));
        ServerWorkspace window = window(server, worker, journal)) {
      assertThat(
              Runs.run(window, "INSERT INTO tasks VALUES (31, 'a', 1), (1, 'twice', 1)").problem())
          .contains("database-error");
      assertThat(value("SELECT count(*) FROM tasks")).isEqualTo("20");
      assertThat(Runs.run(window, "CREATE TABLE made_by_hand (id int)").problem()).isEmpty();
      assertThat(window.catalog("shop", false).relations())
          .anyMatch(relation -> relation.ref().name().equals("made_by_hand"));
      assertThat(Runs.run(window, "SELECT id INTO copied FROM tasks WHERE id < 4").problem())
          .isEmpty();
      assertThat(value("SELECT count(*) FROM copied")).isEqualTo("3");
      Runs.Ran own = Runs.run(window, "CREATE TEMP TABLE mine (id int)");
      assertThat(own.problem()).contains("nothing that belongs to a session");
      assertThat(own.wayOut()).contains("temporary");
    }
  }

  @Test
  void theDashboardTellsWhatChangesASchemaByWhatItDoesNotByItsFirstWord() throws Exception {
    String into = "SELECT id, words INTO made_by_hand FROM tasks";
    try (TestServer server = brokered();
        BoundedParserWorker worker = BoundedParserWorker.standard();
        SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"));
        ServerWorkspace window = window(server, worker, journal)) {
      // Tried is told too, and how it ended.
      Runs.run(window, into);
      assertThat(Runs.run(window, "INSERT INTO tasks VALUES (40, 'CREATE', 1)").problem())
          .isEmpty();
      assertThat(Runs.run(window, "SELECT id FROM tasks WHERE words = 'DROP'").problem()).isEmpty();
      assertThat(server.signIn("auditor").oversight().live().schemaStatements())
          .extracting(LiveReport.SchemaStatement::statement, LiveReport.SchemaStatement::name)
          .containsExactly(tuple(into, "Ana Lyst"));
    }
  }

  @Test
  void aTransactionOfThePersonsOwnHoldsNoChangeAndSaysWhatToDo() throws Exception {
    try (TestServer server = brokered();
        BoundedParserWorker worker = BoundedParserWorker.standard();
        SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"));
        ServerWorkspace window = window(server, worker, journal);
        StatementSession tab = window.session("shop", () -> "Query 1")) {
      assertThat(last(tab, "BEGIN")).isInstanceOf(RunEvent.Completed.class);
      RunEvent.Failed refused =
          (RunEvent.Failed) last(tab, "UPDATE tasks SET words = '' WHERE id = 1");
      assertThat(refused.problem().code()).isEqualTo("only-reads");
      assertThat(refused.problem().wayOut()).contains("run the change by itself");
      assertThat(last(tab, "ROLLBACK")).isInstanceOf(RunEvent.Completed.class);
      assertThat(last(tab, "UPDATE tasks SET words = '' WHERE id = 1"))
          .isInstanceOf(RunEvent.Completed.class);
      assertThat(value("SELECT count(*) FROM tasks WHERE words = ''")).isEqualTo("1");
    }
  }

  @Test
  void changesThatBelongTogetherAreMadeTogetherOrNotAtAll() throws Exception {
    try (TestServer server = brokered();
        BoundedParserWorker worker = BoundedParserWorker.standard();
        SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"));
        ServerWorkspace window = window(server, worker, journal)) {
      assertThat(
              window.change(
                  "shop",
                  List.of(
                      planned("UPDATE tasks SET words = 'one' WHERE id = 1", 1),
                      planned("DELETE FROM tasks WHERE id = 2", 1))))
          .isEqualTo(new ChangeOutcome.Made(List.of(1L, 1L)));
      assertThat(
              window.change(
                  "shop",
                  List.of(
                      planned("UPDATE tasks SET words = 'two' WHERE id = 1", 1),
                      planned("DELETE FROM tasks WHERE id = 2", 1))))
          .isEqualTo(new ChangeOutcome.NotAsExpected(1, 0));
      assertThatThrownBy(
              () ->
                  window.change(
                      "shop",
                      List.of(
                          planned("UPDATE tasks SET words = 'three' WHERE id = 1", 1),
                          planned("INSERT INTO tasks VALUES (3, 'twice', 1)", 1))))
          .isInstanceOfSatisfying(
              WorkspaceProblem.class,
              problem -> assertThat(problem.code()).isEqualTo("database-error"));
      assertThat(
              window.change(
                  "shop",
                  List.of(
                      planned("UPDATE tasks SET words = 'four' WHERE id = 1", 1),
                      planned("DELETE FROM customers WHERE id = 1", 1))))
          .isInstanceOf(ChangeOutcome.Refused.class);
      assertThat(value("SELECT words FROM tasks WHERE id = 1")).isEqualTo("one");
      assertThat(value("SELECT count(*) FROM tasks")).isEqualTo("19");
    }
  }

  @Test
  void anAnnouncedChangeIsMadeOnceHoweverOftenItIsSent() throws Exception {
    try (TestServer server = brokered();
        ExecutorService pool = Executors.newFixedThreadPool(8)) {
      HttpServerClient analyst = server.signIn("analyst");
      ChangeSet set =
          new ChangeSet(
              List.of(
                  new ChangeSet.Change(
                      intent(analyst, Ids.next(), "UPDATE tasks SET words = words || '!'"), -1)));
      List<Future<String>> answers = new ArrayList<>();
      Callable<String> send =
          () -> {
            try {
              return analyst.change(set).state();
            } catch (WorkspaceProblem problem) {
              return problem.code();
            }
          };
      for (int sent = 0; sent < 8; sent++) {
        answers.add(pool.submit(send));
      }
      List<String> words = new ArrayList<>();
      for (Future<String> answer : answers) {
        words.add(answer.get(60, TimeUnit.SECONDS));
      }
      assertThat(words).containsOnlyOnce(ChangeSetRun.COMPLETED);
      assertThat(words).filteredOn("change-taken"::equals).hasSize(7);
      String id = set.changes().getFirst().intent().id();
      assertThat(
              Codes.of(
                  () ->
                      analyst.outcome(
                          new StatementOutcome(
                              Ids.next(), id, "failed", -1, 1, "", Instant.now()))))
          .isEqualTo("conflict");
      assertThat(value("SELECT count(*) FROM tasks WHERE words LIKE '%!' AND words NOT LIKE '%!!'"))
          .isEqualTo("20");
    }
  }

  @Test
  void whatAProcessLeftUnderWayHasAnUnknownOutcome() throws Exception {
    String store;
    try (TestServer server = brokered()) {
      HttpServerClient analyst = server.signIn("analyst");
      String id = Ids.next();
      analyst.change(
          new ChangeSet(
              List.of(
                  new ChangeSet.Change(
                      intent(analyst, id, "DELETE FROM tasks WHERE id = 9"), -1))));
      store = "jdbc:sqlite:" + folder.resolve("sluice-server.db");
    }
    try (Connection raw = DriverManager.getConnection(store);
        Statement statement = raw.createStatement()) {
      statement.execute("UPDATE allowed_change SET state = 'UNDER_WAY', server_id = 'gone'");
    }
    try (TestServer server = brokered();
        Connection raw = DriverManager.getConnection(store);
        Statement statement = raw.createStatement();
        ResultSet state = statement.executeQuery("SELECT state FROM allowed_change")) {
      assertThat(state.next()).isTrue();
      assertThat(state.getString(1)).isEqualTo("ENDED");
      assertThat(server.signIn("analyst").timeline(TimelineQuery.newest(20)).entries())
          .anyMatch(entry -> entry.toString().contains("nknown"));
    }
  }

  @Test
  void theServerMakesNothingThatItWouldNotAllowWhateverAClientSays() throws Exception {
    try (TestServer server = brokered()) {
      HttpServerClient analyst = server.signIn("analyst");
      for (String forged :
          List.of(
              "UPDATE customers SET name = 'x'",
              "DROP TABLE tasks",
              "UPDATE tasks SET words = (SELECT ssn FROM customers LIMIT 1)",
              "SELECT id FROM tasks",
              "UPDATE tasks SET words = ''; DROP TABLE tasks",
              "SELECT pg_terminate_backend(1)")) {
        assertThatThrownBy(
                () ->
                    analyst.change(
                        new ChangeSet(
                            List.of(
                                new ChangeSet.Change(intent(analyst, Ids.next(), forged), -1)))))
            .as(forged)
            .isInstanceOf(WorkspaceProblem.class);
      }
      assertThat(value("SELECT count(*) FROM tasks WHERE words LIKE 'task %'")).isEqualTo("20");
      assertThat(value("SELECT count(*) FROM customers WHERE name = 'x'")).isEqualTo("0");
    }
  }

  @Test
  void aFreezeHoldsAllowedChangesToo() throws Exception {
    try (TestServer server = brokered();
        BoundedParserWorker worker = BoundedParserWorker.standard();
        SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"));
        ServerWorkspace window = window(server, worker, journal)) {
      server.signIn("root").oversight().freeze(new NewWriteFreeze("", 10, "a restore runs"));
      assertThat(Runs.run(window, "UPDATE tasks SET words = '' WHERE id = 1").problem())
          .contains("froze");
      assertThat(value("SELECT count(*) FROM tasks WHERE words = ''")).isEqualTo("0");
    }
  }

  @Test
  void whereTheDatabaseEnforcesThePolicyALoginOfItsOwnMakesTheChange() throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    // Roles are of the whole cluster: what another test left behind is not this one's.
    String changeLogins = "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'slu\\_change\\_%'";
    String before = shop.value(changeLogins);
    try (TestServer server =
            TestServer.start(
                folder, config -> config.withTargets(List.of(shop.target())).withPolicy(POLICY));
        BoundedParserWorker worker = BoundedParserWorker.standard();
        SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"));
        ServerWorkspace window = window(server, worker, journal)) {
      assertThat(
              Runs.run(window, "UPDATE orders SET status = 'paid' WHERE id = 5 RETURNING id")
                  .rows())
          .containsExactly("[5]");
      assertThat(Runs.run(window, "DELETE FROM public.orders WHERE id = 6").problem()).isEmpty();
      assertThat(shop.value("SELECT status FROM orders WHERE id = 5")).isEqualTo("paid");
      assertThat(shop.value("SELECT count(*) FROM orders")).isEqualTo("199");
      assertThat(Runs.run(window, "CREATE TABLE more (id int)").problem())
          .contains("insert, update and delete");
      assertThat(shop.value(changeLogins)).isEqualTo(before);
    }
  }

  @Test
  void aFileOfTheServersIsChangedByTheServerToo() throws Exception {
    Path file = folder.resolve("notes.db");
    try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = raw.createStatement()) {
      statement.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT)");
      statement.execute("INSERT INTO notes VALUES (1, 'a'), (2, 'b')");
    }
    Target notes =
        Target.file(
            ConnectionDefinition.file("shop", Dialect.SQLITE, file.toString()),
            "production",
            "data-platform");
    String policy =
        POLICY
            .replace("  - {tag: pii.email, columns: [customers.email]}\n", "")
            .replace("  - {tag: pii.national-id, columns: [customers.ssn]}\n", "")
            .replace("classifications:\n", "classifications: []\n");
    try (TestServer server =
        TestServer.start(folder, config -> config.withTargets(List.of(notes)).withPolicy(policy))) {
      HttpServerClient analyst = server.signIn("analyst");
      ChangeSetRun twice =
          analyst.change(
              new ChangeSet(
                  List.of(
                      new ChangeSet.Change(
                          intent(analyst, Ids.next(), "UPDATE notes SET words = 'c' WHERE id = 1"),
                          1),
                      new ChangeSet.Change(
                          intent(analyst, Ids.next(), "INSERT INTO notes VALUES (2, 'twice')"),
                          1))));
      assertThat(twice.state()).isEqualTo(ChangeSetRun.FAILED);
      assertThat(twice.at()).isEqualTo(1);
      ChangeSetRun once =
          analyst.change(
              new ChangeSet(
                  List.of(
                      new ChangeSet.Change(
                          intent(analyst, Ids.next(), "UPDATE notes SET words = 'd' WHERE id = 1"),
                          1),
                      new ChangeSet.Change(
                          intent(analyst, Ids.next(), "INSERT INTO notes VALUES (3, 'new')"), 1))));
      assertThat(once.state()).isEqualTo(ChangeSetRun.COMPLETED);
    }
    try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = raw.createStatement();
        ResultSet words =
            statement.executeQuery(
                "SELECT group_concat(words) FROM (SELECT * FROM notes ORDER BY id)")) {
      assertThat(words.getString(1)).isEqualTo("d,b,new");
    }
  }

  private static PlannedChange planned(String sql, long expected) {
    return new PlannedChange(StatementText.of(sql), expected);
  }

  private static RunEvent last(StatementSession tab, String sql) throws InterruptedException {
    BlockingQueue<RunEvent> ends = new LinkedBlockingQueue<>();
    tab.run(
        StatementText.of(sql),
        event -> {
          switch (event) {
            case RunEvent.StateChanged more -> {}
            case RunEvent.ColumnsKnown more -> {}
            case RunEvent.Rows more -> {}
            case RunEvent.Completed end -> ends.add(end);
            case RunEvent.Refused end -> ends.add(end);
            case RunEvent.Failed end -> ends.add(end);
            case RunEvent.Cancelled end -> ends.add(end);
          }
        });
    RunEvent end = ends.poll(30, TimeUnit.SECONDS);
    assertThat(end).as(sql).isNotNull();
    return end;
  }

  private static StatementIntent intent(HttpServerClient client, String id, String sql) {
    return new StatementIntent(
        id,
        id,
        "shop",
        sql,
        sql,
        List.of(),
        "window",
        Map.of(),
        "allow",
        "analysts-read",
        "",
        1,
        "",
        List.of(),
        List.of(),
        "",
        Instant.now(),
        client.lastSeen());
  }
}
