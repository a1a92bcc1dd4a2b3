package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.journal.Journal;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.workspace.Run;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.gateway.workspace.StatementSession;
import dev.sluice.gateway.workspace.TransactionState;
import dev.sluice.governance.sql.StatementText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A tab's own transaction over leased logins of a real PostgreSQL.
class TabSessionTest {

  @TempDir Path folder;
  private TestServer server;
  private BoundedParserWorker worker;
  private Journal journal;
  private ServerWorkspace workspace;
  private StatementSession session;

  @BeforeEach
  void open() throws Exception {
    server = TestServer.start(folder);
    worker = BoundedParserWorker.standard();
    journal = SqliteJournal.open(folder.resolve("journal.db"));
    workspace = ServerWorkspace.open(server.signIn("analyst"), LocalCore.of(worker), journal);
    session = workspace.session("shop", () -> "Query 1");
  }

  @AfterEach
  void close() throws Exception {
    session.close();
    workspace.close();
    journal.close();
    worker.close();
    server.close();
  }

  /// What came of a statement.
  private record Answer(RunEvent last, List<Object[]> rows) {
    String single() {
      return String.valueOf(rows.getFirst()[0]);
    }
  }

  private Answer run(String sql) throws InterruptedException {
    return run(session, sql);
  }

  private static Answer run(StatementSession session, String sql) throws InterruptedException {
    List<Object[]> rows = Collections.synchronizedList(new ArrayList<>());
    List<RunEvent> last = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch done = new CountDownLatch(1);
    session.run(StatementText.of(sql), event -> take(event, rows, last, done));
    assertThat(done.await(60, TimeUnit.SECONDS)).as(sql).isTrue();
    return new Answer(last.getFirst(), rows);
  }

  private static void take(
      RunEvent event, List<Object[]> rows, List<RunEvent> last, CountDownLatch done) {
    switch (event) {
      case RunEvent.Rows more -> rows.addAll(more.rows());
      case RunEvent.StateChanged changed -> {}
      case RunEvent.ColumnsKnown known -> {}
      case RunEvent.Completed end -> end(event, last, done);
      case RunEvent.Refused end -> end(event, last, done);
      case RunEvent.Failed end -> end(event, last, done);
      case RunEvent.Cancelled end -> end(event, last, done);
    }
  }

  private static void end(RunEvent event, List<RunEvent> last, CountDownLatch done) {
    last.add(event);
    done.countDown();
  }

  @Test
  void a_transaction_lasts_from_begin_to_commit() throws Exception {
    assertThat(run("BEGIN").last()).isInstanceOf(RunEvent.Completed.class);
    assertThat(session.transaction().kind()).isEqualTo(TransactionState.Kind.OPEN);
    // The database's now() is when its transaction began.
    String began = run("SELECT now()").single();
    assertThat(run("SELECT now()").single()).isEqualTo(began);
    assertThat(session.transaction().statements()).isEqualTo(2);
    assertThat(run("COMMIT").last()).isInstanceOf(RunEvent.Completed.class);
    assertThat(session.transaction()).isEqualTo(TransactionState.NONE);
    assertThat(run("SELECT now()").single()).isNotEqualTo(began);
  }

  @Test
  void what_is_refused_is_refused_inside_a_transaction_too_and_leaves_it_open() throws Exception {
    run("BEGIN");

    assertThat(run("DROP TABLE orders").last()).isInstanceOf(RunEvent.Refused.class);
    assertThat(run("UPDATE orders SET status = 'x' WHERE id = 1").last())
        .isInstanceOf(RunEvent.Refused.class);
    assertThat(session.transaction().kind()).isEqualTo(TransactionState.Kind.OPEN);
    assertThat(run("SELECT ssn FROM customers WHERE id = 1").single()).doesNotContain("900-11");
  }

  @Test
  void after_a_failure_only_a_rollback_is_offered_and_ends_it() throws Exception {
    run("BEGIN");

    assertThat(run("SELECT 1 / (id - id) FROM orders").last()).isInstanceOf(RunEvent.Failed.class);
    assertThat(session.transaction().kind()).isEqualTo(TransactionState.Kind.FAILED);
    assertThat(run("SELECT id FROM orders").last()).isInstanceOf(RunEvent.Failed.class);
    assertThat(run("ROLLBACK").last()).isInstanceOf(RunEvent.Completed.class);
    assertThat(session.transaction()).isEqualTo(TransactionState.NONE);
  }

  @Test
  void a_session_that_the_database_ends_is_said_to_be_lost_and_the_next_statement_runs()
      throws Exception {
    run("BEGIN");
    run("SELECT count(*) FROM orders");
    GovernedShop.running()
        .execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE"
                + " 'slu_analyst%'");

    assertThat(run("SELECT count(*) FROM orders").last())
        .isInstanceOfSatisfying(
            RunEvent.Failed.class,
            failed -> assertThat(failed.problem().code()).isEqualTo("database-unreachable"));
    assertThat(session.transaction().kind()).isEqualTo(TransactionState.Kind.LOST);
    assertThat(run("SELECT count(*) FROM orders").last()).isInstanceOf(RunEvent.Completed.class);
    assertThat(session.transaction()).isEqualTo(TransactionState.NONE);
  }

  @Test
  void a_statement_that_is_abandoned_lets_go_of_its_session() throws Exception {
    run("BEGIN");
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    Run run =
        session.run(
            StatementText.of(
                "SELECT count(*) FROM orders a, orders b, orders c, orders d, orders e"),
            event -> {
              if (event instanceof RunEvent.StateChanged changed
                  && changed.state() == RunEvent.State.RUNNING) {
                running.countDown();
              }
              if (event instanceof RunEvent.Cancelled) {
                done.countDown();
              }
            });
    assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
    Thread.sleep(200);
    run.abandon();

    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(session.transaction().kind()).isEqualTo(TransactionState.Kind.LOST);
    assertThat(run("SELECT count(*) FROM orders").last()).isInstanceOf(RunEvent.Completed.class);
  }

  @Test
  void when_open_transactions_take_every_session_the_tabs_are_named_and_none_of_them_is_ended()
      throws Exception {
    List<StatementSession> tabs =
        List.of(
            session,
            workspace.session("shop", () -> "Query 2"),
            workspace.session("shop", () -> "report.sql"));
    for (StatementSession tab : tabs) {
      assertThat(run(tab, "BEGIN").last()).isInstanceOf(RunEvent.Completed.class);
    }
    List<String> began = new ArrayList<>();
    for (StatementSession tab : tabs) {
      began.add(run(tab, "SELECT now()").single());
    }
    StatementSession fourth = workspace.session("shop", () -> "Query 4");

    for (String statement : List.of("SELECT count(*) FROM orders", "BEGIN")) {
      assertThat(run(fourth, statement).last())
          .isInstanceOfSatisfying(
              RunEvent.Failed.class,
              failed -> {
                assertThat(failed.problem().code()).isEqualTo("sessions-taken");
                assertThat(failed.problem().getMessage())
                    .contains("open transactions in Query 1, Query 2, report.sql");
                assertThat(failed.problem().wayOut()).startsWith("Commit or roll back");
              });
    }
    // The explorer still reads the catalog.
    assertThat(workspace.catalog("shop", true).relations()).isNotEmpty();

    for (int i = 0; i < tabs.size(); i++) {
      assertThat(run(tabs.get(i), "SELECT now()").single()).isEqualTo(began.get(i));
    }
    assertThat(run(tabs.get(1), "COMMIT").last()).isInstanceOf(RunEvent.Completed.class);
    assertThat(run(fourth, "SELECT count(*) FROM orders").last())
        .isInstanceOf(RunEvent.Completed.class);
    for (StatementSession tab : List.of(tabs.get(1), tabs.get(2), fourth)) {
      tab.close();
    }
  }
}
