package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.workspace.ServerWorkspace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a policy limits, from the statement to the rows that arrive: how many, how long, which
/// ones, how often one may guess.
@Tag("slow")
class LimitsTest {

  private static final String POLICY =
      TestServer.POLICY
          .replace(
              "rules:\n",
              """
              row-filters:
                - {id: own-orders, table: orders, who: '"analysts" in user.groups', filter: "customer_id <= 5"}
              rules:
              """)
          .replace("{rows: 1000, seconds: 30}", "{rows: 15, seconds: 1}");

  @TempDir Path folder;

  private static List<String> rows(ServerWorkspace window, String sql) throws Exception {
    Runs.Ran ran = Runs.run(window, sql);
    assertThat(ran.problem()).as(sql).isEmpty();
    return ran.rows();
  }

  private void limited(ServerWorkspace window) throws Exception {
    assertThat(rows(window, "SELECT count(*) FROM orders")).containsExactly("[20]");
    assertThat(rows(window, "SELECT count(*) FROM public.orders o WHERE o.customer_id > 4"))
        .containsExactly("[4]");
    assertThat(
            rows(
                window,
                "SELECT c.id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o"
                    + " WHERE o.customer_id = c.id) ORDER BY c.id"))
        .containsExactly("[1]", "[2]", "[3]", "[4]", "[5]");
    assertThat(
            rows(
                window,
                "SELECT max(customer_id) FROM orders UNION ALL"
                    + " (WITH o AS (SELECT * FROM orders) SELECT count(*) FROM o)"))
        .containsExactly("[5]", "[20]");
    Runs.Ran cut = Runs.run(window, "SELECT id FROM orders ORDER BY id");
    assertThat(cut.rows()).hasSize(15);
    assertThat(cut.truncated()).isTrue();
    assertThat(cut.warnings())
        .containsExactly("You see only your rows of public.orders: (customer_id <= 5)");
    assertThat(Runs.run(window, "SELECT id FROM customers WHERE id = 1").warnings()).isEmpty();
    Runs.Ran slow =
        Runs.run(
            window,
            "SELECT count(*) FROM customers a, customers b, customers c, customers d, customers e"
                + " WHERE a.id + b.id + c.id + d.id + e.id > 3");
    assertThat(slow.problem()).startsWith("timed-out");
    assertThat(slow.wayOut()).isNotBlank();
  }

  @Test
  void limitsAndRowFiltersHoldWhereTheCoreMasks() throws Exception {
    try (TestServer server = TestServer.start(folder, config -> config.withPolicy(POLICY));
        BoundedParserWorker worker = BoundedParserWorker.standard();
        SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"));
        ServerWorkspace window =
            ServerWorkspace.open(server.signIn("analyst"), LocalCore.of(worker), journal)) {
      limited(window);
      for (int guess = 1; guess <= 3; guess++) {
        assertThat(
                rows(
                    window,
                    "SELECT id FROM customers WHERE email = 'person" + guess + "@acme.test'"))
            .containsExactly("[" + guess + "]");
      }
      Runs.Ran fourth =
          Runs.run(window, "SELECT id FROM customers WHERE email = 'person4@acme.test'");
      assertThat(fourth.problem()).contains("email").contains("day");
      assertThat(rows(window, "SELECT id FROM customers WHERE email = 'person2@acme.test'"))
          .containsExactly("[2]");
    }
  }

  @Test
  void limitsAndRowFiltersHoldWhereTheDatabaseMasks() throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    try (TestServer server =
            TestServer.start(
                folder, config -> config.withTargets(List.of(shop.target())).withPolicy(POLICY));
        BoundedParserWorker worker = BoundedParserWorker.standard();
        SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"));
        ServerWorkspace window =
            ServerWorkspace.open(server.signIn("analyst"), LocalCore.of(worker), journal)) {
      limited(window);
    }
  }
}
