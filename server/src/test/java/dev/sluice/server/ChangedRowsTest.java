package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.codec.wire.ApprovedRun;
import dev.sluice.governance.codec.wire.RowChanges;
import dev.sluice.governance.codec.wire.RowChanges.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What approved changes do to rows: tried before, kept after, taken back.
@Tag("slow")
class ChangedRowsTest {

  private static TestServer start(Path folder, EnforcedShop shop) {
    return TestServer.start(folder, config -> config.withTargets(List.of(shop.target())));
  }

  private static RowChanges changes(HttpServerClient client, ApprovedRun ran)
      throws WorkspaceProblem {
    assertThat(ran.execution().message()).isEmpty();
    List<RowChanges> uses = client.requests().changes(ran.request().id());
    assertThat(uses).hasSize(1);
    return uses.getFirst();
  }

  private static ApprovedRun undo(TestServer server, HttpServerClient asker, RowChanges change)
      throws WorkspaceProblem {
    ApprovalRequest undo =
        asker.requests().undo(change.requestId(), change.executionId(), "a mistake");
    server.signIn("owner").review(undo.id(), Review.Verdict.APPROVE, "fine");
    return asker.runApproved(undo.id());
  }

  @Test
  void anApproverSeesWhatAStatementWouldDoAndNothingOfItLasts(@TempDir Path folder)
      throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    try (TestServer server = start(folder, shop)) {
      HttpServerClient analyst = server.signIn("analyst");
      HttpServerClient owner = server.signIn("owner");
      ApprovalRequest asked =
          analyst.requestApproval(
              TestServer.wants(
                  "UPDATE customers SET email = 'new@acme.test', city = 'Oslo' WHERE id < 3"));
      RowChanges tried = owner.requests().dryRun(asked.id());
      assertThat(tried.dryRun()).isTrue();
      assertThat(tried.rows()).isEqualTo(2);
      assertThat(tried.table()).isEqualTo("public.customers");
      assertThat(tried.key()).containsExactly("id");
      assertThat(tried.sideEffects()).isEmpty();
      assertThat(tried.changes())
          .extracting(RowChanges.Row::before)
          .containsExactlyInAnyOrder(
              List.of("1", "name 1", "p***@a***.test", "*******1001", "Rome"),
              List.of("2", "name 2", "p***@a***.test", "*******1002", "Rome"));
      assertThat(tried.changes().getFirst().after().get(4)).isEqualTo("Oslo");
      assertThat(tried.changes().getFirst().changed()).containsExactly(2, 4);
      assertThat(tried.undo().offered()).isFalse();
      assertThat(shop.value("SELECT count(*) FROM customers WHERE city = 'Oslo'")).isEqualTo("0");
      assertThat(shop.value("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'slu\\_change\\_%'"))
          .isEqualTo("0");
      assertThat(owner.request(asked.id()).uses()).isZero();

      assertThatThrownBy(() -> analyst.requests().dryRun(asked.id()))
          .isInstanceOfSatisfying(
              WorkspaceProblem.class,
              problem -> assertThat(problem.code()).isEqualTo("dry-run-not-yours"));
    }
  }

  @Test
  void whatARollbackMayNotTakeBackIsNotTried(@TempDir Path folder) throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    shop.execute(
        "CREATE TABLE noted (id int PRIMARY KEY, a int)",
        "INSERT INTO noted VALUES (1, 1)",
        "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'",
        "CREATE TRIGGER note_it BEFORE UPDATE ON noted FOR EACH ROW EXECUTE FUNCTION note()",
        "CREATE TABLE numbered (id serial PRIMARY KEY, a int)",
        "CREATE TABLE ruled (id int PRIMARY KEY)",
        "CREATE RULE twice AS ON INSERT TO ruled DO ALSO NOTIFY other");
    try (TestServer server = start(folder, shop)) {
      HttpServerClient analyst = server.signIn("analyst");
      HttpServerClient owner = server.signIn("owner");
      for (String[] refused :
          new String[][] {
            {"UPDATE noted SET a = 2 WHERE id = 1", "Trigger note_it"},
            {"INSERT INTO ruled (id) VALUES (1)", "Rule twice"},
            {"UPDATE orders SET total = 1 FROM noted WHERE noted.id = orders.id", "plain"},
          }) {
        ApprovalRequest asked = analyst.requestApproval(TestServer.wants(refused[0]));
        assertThatThrownBy(() -> owner.requests().dryRun(asked.id()))
            .as(refused[0])
            .isInstanceOfSatisfying(
                WorkspaceProblem.class,
                problem -> {
                  assertThat(problem.code()).isEqualTo("dry-run-not-possible");
                  assertThat(problem.getMessage()).contains(refused[1]);
                });
      }
      ApprovalRequest numbered =
          analyst.requestApproval(TestServer.wants("INSERT INTO numbered (a) VALUES (5), (6)"));
      RowChanges tried = owner.requests().dryRun(numbered.id());
      assertThat(tried.sideEffects()).singleElement().asString().contains("numbered_id_seq");
      assertThat(tried.changes()).extracting(RowChanges.Row::kind).containsOnly(Kind.INSERTED);
      assertThat(tried.changes()).hasSize(2);
      assertThat(shop.value("SELECT count(*) FROM numbered")).isEqualTo("0");
    }
  }

  @Test
  void aLockThatOthersHoldIsNotWaitedForLong(@TempDir Path folder) throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    try (TestServer server = start(folder, shop);
        Connection busy = shop.administrator();
        Statement statement = busy.createStatement()) {
      ApprovalRequest asked =
          server
              .signIn("analyst")
              .requestApproval(TestServer.wants("UPDATE orders SET total = 1 WHERE id = 7"));
      busy.setAutoCommit(false);
      statement.execute("UPDATE orders SET total = 2 WHERE id = 7");
      assertThatThrownBy(() -> server.signIn("owner").requests().dryRun(asked.id()))
          .isInstanceOfSatisfying(
              WorkspaceProblem.class,
              problem -> {
                assertThat(problem.code()).isEqualTo("dry-run-failed");
                assertThat(problem.getMessage()).contains("longer than allowed");
              });
      busy.rollback();
    }
  }

  @Test
  void whatAChangeDidIsKeptMaskedForEachViewerAndTakenBackExactly(@TempDir Path folder)
      throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    shop.execute(
        "CREATE TABLE odd (\"A b\" int, \"select\" text, n numeric, at timestamptz, j jsonb,"
            + " PRIMARY KEY (\"A b\", \"select\"))",
        "INSERT INTO odd VALUES (1, 'it''s', 1.50, '2024-02-29 10:00+02', '{\"a\": 1}'),"
            + " (2, 'x', NULL, NULL, NULL), (3, 'y', 7, NULL, NULL)");
    try (TestServer server = start(folder, shop)) {
      HttpServerClient analyst = server.signIn("analyst");
      String orders = shop.value("SELECT md5(string_agg(o::text, ',' ORDER BY id)) FROM orders o");
      String odd = shop.value("SELECT md5(string_agg(o::text, ',' ORDER BY o.\"A b\")) FROM odd o");
      for (String change :
          List.of(
              "UPDATE orders SET status = 'void', total = total + 1 WHERE id BETWEEN 5 AND 9",
              "DELETE FROM orders AS o WHERE o.id IN (11, 12)",
              "INSERT INTO orders (id, customer_id, status, total) VALUES (901, 1, 'new', 2.50)",
              "UPDATE odd SET n = 9, j = '[]' WHERE \"A b\" < 3",
              "DELETE FROM odd WHERE \"select\" = 'it''s'")) {
        RowChanges did = changes(analyst, server.approvedRun(analyst, change));
        assertThat(did.withheld()).as(change).isEmpty();
        assertThat(did.undo().refusal()).as(change).isEmpty();
        ApprovedRun undone = undo(server, analyst, did);
        assertThat(undone.execution().message()).as(did.undo().statement()).isEmpty();
        assertThat(undone.updateCount()).as(did.undo().statement()).isEqualTo(did.rows());
        assertThat(shop.value("SELECT md5(string_agg(o::text, ',' ORDER BY id)) FROM orders o"))
            .as(did.undo().statement())
            .isEqualTo(orders);
        assertThat(shop.value("SELECT md5(string_agg(o::text, ',' ORDER BY o.\"A b\")) FROM odd o"))
            .as(did.undo().statement())
            .isEqualTo(odd);
      }

      RowChanges gone =
          changes(analyst, server.approvedRun(analyst, "DELETE FROM customers WHERE id = 7"));
      assertThat(gone.changes().getFirst().before())
          .containsExactly("7", "name 7", "p***@a***.test", "*******1007", "Rome");
      assertThat(gone.undo().offered()).isFalse();
      assertThat(gone.undo().refusal()).contains("customers.email", "customers.ssn", "classified");
      assertThatThrownBy(
              () -> analyst.requests().undo(gone.requestId(), gone.executionId(), "a mistake"))
          .isInstanceOfSatisfying(
              WorkspaceProblem.class,
              problem -> assertThat(problem.code()).isEqualTo("undo-not-offered"));

      // Somebody changed the row since: the undo leaves it alone.
      RowChanges later =
          changes(
              analyst,
              server.approvedRun(analyst, "UPDATE orders SET status = 'void' WHERE id IN (1, 2)"));
      shop.execute("UPDATE orders SET status = 'paid' WHERE id = 2");
      assertThat(undo(server, analyst, later).updateCount()).isEqualTo(1);
      assertThat(shop.value("SELECT status FROM orders WHERE id = 2")).isEqualTo("paid");

      assertThatThrownBy(() -> server.signIn("other").requests().changes(later.requestId()))
          .isInstanceOf(WorkspaceProblem.class);
      assertThat(server.signIn("auditor").requests().changes(gone.requestId()).getFirst().changes())
          .singleElement()
          .matches(row -> !row.before().contains("person7@acme.test"));
    }
  }

  @Test
  void noUndoIsOfferedWhereMoreHappenedThanTheRowsTell(@TempDir Path folder) throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    shop.execute(
        "CREATE TABLE heap (a int)",
        "INSERT INTO heap VALUES (1), (2)",
        "CREATE TABLE parent (id int PRIMARY KEY)",
        "CREATE TABLE child (id int PRIMARY KEY, p int REFERENCES parent ON DELETE CASCADE)",
        "INSERT INTO parent VALUES (1), (2)",
        "INSERT INTO child VALUES (10, 1)",
        "CREATE TABLE big (id int PRIMARY KEY, a int)",
        "INSERT INTO big SELECT n, n FROM generate_series(1, 700) n");
    try (TestServer server = start(folder, shop)) {
      HttpServerClient analyst = server.signIn("analyst");
      for (String[] expected :
          new String[][] {
            {"DELETE FROM heap WHERE a = 1", "primary key"},
            {"DELETE FROM parent WHERE id = 1", "child"},
            {"UPDATE big SET a = 0 WHERE id > 0", "Not all rows"},
            {"UPDATE parent SET id = 9 WHERE id = 2", "kept"},
            {"UPDATE orders SET total = (SELECT 1) WHERE id = (SELECT 3)", "kept"},
          }) {
        RowChanges did = changes(analyst, server.approvedRun(analyst, expected[0]));
        assertThat(did.undo().offered()).as(expected[0]).isFalse();
        assertThat(did.undo().refusal()).as(expected[0]).contains(expected[1]);
      }
    }
  }
}
