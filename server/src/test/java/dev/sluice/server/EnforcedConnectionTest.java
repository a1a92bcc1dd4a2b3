package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.remote.AdminClient;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.ApprovedRun;
import dev.sluice.governance.codec.wire.EnforcementCheck;
import dev.sluice.governance.codec.wire.Lease;
import dev.sluice.governance.enforcement.EnforcementNames;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A connection whose database enforces the policy itself, from the server's start to its end.
@Tag("slow")
class EnforcedConnectionTest {

  private static final String RECLASSIFIED =
      TestServer.POLICY
          .replace("version: 1", "version: 2")
          .replace(
              "masks:\n",
              "  - {tag: pii.place, columns: [customers.city]}\nmasks:\n  pii.place: {algorithm:"
                  + " redact, uses: deny}\n");

  private static TestServer start(Path folder, EnforcedShop shop) {
    return TestServer.start(folder, config -> config.withTargets(List.of(shop.target())));
  }

  @Test
  void theWindowReadsMaskedViewsUnderTheNamesOfTheTables(@TempDir Path folder) throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    try (TestServer server = start(folder, shop);
        BoundedParserWorker worker = BoundedParserWorker.standard();
        SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"));
        ServerWorkspace window =
            ServerWorkspace.open(server.signIn("analyst"), LocalCore.of(worker), journal)) {
      assertThat(window.connections().getFirst().context().ring()).isEqualTo("enforced");
      assertThat(window.connections().getFirst().whatCouldGoWrong()).contains("superuser:postgres");
      assertThat(window.catalog("shop", false).relations())
          .extracting(relation -> relation.ref().dotted())
          .containsExactlyInAnyOrder("public.customers", "public.orders", "public.contacts");
      assertThat(window.columnGovernance("shop")).hasSize(2);

      for (String read :
          List.of(
              "SELECT email FROM customers WHERE id = 7",
              "SELECT email FROM public.customers WHERE id = 7",
              "SELECT c.email FROM public.customers c JOIN orders o ON o.customer_id = c.id"
                  + " WHERE c.id = 7 LIMIT 1",
              "SELECT public.customers.email FROM public.customers WHERE public.customers.id = 7",
              "SELECT public.customers.email FROM customers WHERE id = 7",
              "SELECT contact FROM contacts WHERE id = 7",
              "WITH c AS (SELECT * FROM public.customers) SELECT email FROM c WHERE id = 7",
              "SELECT email FROM customers WHERE ssn LIKE '%1007' ORDER BY ssn LIMIT 1")) {
        Runs.Ran ran = Runs.run(window, read);
        assertThat(ran.problem()).as(read).isEmpty();
        assertThat(ran.rows()).as(read).containsExactly("[p***@a***.test]");
        assertThat(ran.masked()).as(read).isEqualTo(1);
      }
      assertThat(
              Runs.run(window, "SELECT id FROM customers WHERE email = 'person7@acme.test'").rows())
          .isEmpty();
      assertThat(Runs.run(window, "SELECT count(*) FROM customers c JOIN customers d USING (ssn)"))
          .matches(ran -> ran.problem().isEmpty());
      assertThat(
              Runs.run(window, "SELECT status, count(*) FROM public.orders GROUP BY status").rows())
          .containsExactly("[open, 200]");

      for (String[] refused :
          new String[][] {
            {"SELECT id, name FROM customers GROUP BY id", "Add name to GROUP BY."},
            {"SELECT ctid FROM customers", "Use the primary key."},
            {"SELECT id FROM customers TABLESAMPLE SYSTEM (10)", ""},
            {"SELECT id FROM ONLY customers", ""},
          }) {
        Runs.Ran ran = Runs.run(window, refused[0]);
        assertThat(ran.problem()).as(refused[0]).isNotEmpty();
        assertThat(ran.wayOut()).as(refused[0]).contains(refused[1]);
      }
      for (String plan :
          List.of(
              "EXPLAIN SELECT id FROM customers WHERE email = 'x'",
              "EXPLAIN ANALYZE SELECT id FROM customers WHERE ssn > '900-11-1010'")) {
        assertThat(Runs.run(window, plan).rows().toString()).as(plan).doesNotContain("@acme.test");
      }
      for (String plan :
          List.of("SELECT * FROM pg_stats", "SELECT * FROM sluice_public.customers")) {
        assertThat(Runs.run(window, plan).problem()).as(plan).isNotEmpty();
      }
    }
    assertThat(leases(shop)).isEqualTo("0");
  }

  @Test
  void theLentLoginReadsMaskedValuesInAnyClientAndTheBrokerNothing(@TempDir Path folder)
      throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    try (TestServer server = start(folder, shop)) {
      HttpServerClient analyst = server.signIn("analyst");
      Lease lease = analyst.lease("shop");
      assertThat(lease.views()).isEqualTo("sluice");
      assertThat(lease.searchPath()).containsExactly("sluice_public", "public");
      try (Connection psql = shop.connect(lease.user(), lease.password())) {
        assertThat(first(psql, "SELECT email FROM customers WHERE id = 7"))
            .isEqualTo("p***@a***.test");
        assertThatThrownBy(() -> first(psql, "SELECT email FROM public.customers"))
            .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> first(psql, "UPDATE orders SET total = 0 RETURNING id"))
            .isInstanceOf(SQLException.class);
      }
      Lease renewed = analyst.renew(lease);
      assertThat(renewed.searchPath()).isEqualTo(lease.searchPath());
      assertThat(renewed.expiresAt()).isAfterOrEqualTo(lease.expiresAt());
      try (Connection broker =
          shop.connect("sluice_" + shop.database() + "_broker", "broker0password")) {
        assertThatThrownBy(() -> first(broker, "SELECT email FROM sluice_public.customers"))
            .hasMessageContaining("permission denied");
        assertThat(first(broker, "SELECT rolcreaterole FROM pg_roles WHERE rolname = current_user"))
            .isEqualTo("f");
      }
      analyst.release(lease.id());
      assertThat(leases(shop)).isEqualTo("0");
    }
  }

  @Test
  void noKeyIsInAnythingThatTheLentLoginReads(@TempDir Path folder) throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    String keyed =
        TestServer.POLICY
            .replace("{algorithm: email, uses", "{algorithm: hash, uses")
            .replace("{algorithm: keep-last, count: 4, uses", "{algorithm: token, uses");
    try (TestServer server =
        TestServer.start(
            folder, config -> config.withTargets(List.of(shop.target())).withPolicy(keyed))) {
      Lease lease = server.signIn("analyst").lease("shop");
      KeySearch search = new KeySearch(folder);
      try (Connection psql = shop.connect(lease.user(), lease.password())) {
        assertThat(first(psql, "SELECT email FROM customers WHERE id = 7")).isEqualTo("null");
        searchCatalogs(psql, search);
        assertThat(search.characters()).isGreaterThan(500_000);
        assertThat(search.found()).isEmpty();
        // The search itself: a key that is there is found.
        String key = HexFormat.of().formatHex(search.sealKey(folder));
        shop.execute("COMMENT ON TABLE orders IS 'x" + key + "'");
        search.read(psql, "SELECT t::text FROM pg_description t");
        assertThat(search.found()).isNotEmpty();
      }
    }
  }

  private static void searchCatalogs(Connection psql, KeySearch search) throws SQLException {
    List<String> relations = new ArrayList<>();
    try (Statement statement = psql.createStatement();
        var names =
            statement.executeQuery(
                "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n"
                    + " ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'v', 'm', 'p')")) {
      while (names.next()) {
        relations.add(names.getString(1));
      }
    }
    for (String relation : relations) {
      search.read(psql, "SELECT t::text FROM " + relation + " t");
    }
    search.read(psql, "SELECT pg_get_viewdef(oid) FROM pg_class WHERE relkind IN ('v', 'm')");
    search.read(psql, "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE prokind = 'f'");
    search.read(psql, "SHOW ALL");
  }

  @Test
  void nobodyGetsALoginOverADatabaseThatSomebodyChanged(@TempDir Path folder) throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    try (TestServer server = start(folder, shop)) {
      HttpServerClient analyst = server.signIn("analyst");
      shop.execute("ALTER TABLE customers ADD COLUMN nickname text");
      assertThatThrownBy(() -> analyst.lease("shop"))
          .isInstanceOfSatisfying(
              WorkspaceProblem.class,
              problem -> {
                assertThat(problem.code()).isEqualTo("enforcement-drift");
                assertThat(problem.getMessage()).contains("customers").contains("nickname");
                assertThat(problem.wayOut()).contains("sluice enforce plan");
              });
      assertThat(leases(shop)).isEqualTo("0");
    }
  }

  /// Somebody takes a right from the server's own login, or from the views, after the plan was
  /// applied: no login is given, and the words say what is wrong and what to do. Applied anew, it
  /// goes on.
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA %1$s FROM %2$s",
        "REVOKE USAGE ON SCHEMA %1$s FROM %2$s",
        "ALTER ROLE %2$s NOLOGIN",
        "ALTER ROLE %3$s NOCREATEROLE",
        "REVOKE SELECT ON customers FROM %4$s",
      })
  void whatIsTakenFromTheServersLoginsIsMissedAndSaid(String taken, @TempDir Path folder)
      throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    EnforcementNames names = new EnforcementNames(shop.database());
    try (TestServer server = start(folder, shop)) {
      HttpServerClient analyst = server.signIn("analyst");
      analyst.release(analyst.lease("shop").id());
      shop.execute(
          taken.formatted(
              names.brokerSchema(), names.broker(), names.leaseOwner(), names.viewOwner()));
      WorkspaceProblem problem = Codes.problem(() -> analyst.lease("shop"));
      assertThat(problem.code()).isIn("enforcement-drift", "enforcement-not-current");
      assertThat(problem.getMessage()).containsIgnoringCase("apply");
      assertThat(problem.wayOut()).contains("sluice enforce plan");
      assertThat(leases(shop)).isEqualTo("0");

      AdminClient root = server.signIn("root").administration();
      EnforcementCheck check = root.applyEnforcement("shop", root.enforcement("shop").plan());
      assertThat(check.wrong()).isEmpty();
      Lease lease = analyst.lease("shop");
      try (Connection healed = shop.connect(lease.user(), lease.password())) {
        assertThat(healed.isValid(5)).isTrue();
      }
    }
  }

  @Test
  void aNewPolicyIsAppliedBeforeAnybodySeesMoreOrNobodySeesAnything(@TempDir Path folder)
      throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    try (TestServer server = start(folder.resolve("a"), shop);
        BoundedParserWorker worker = BoundedParserWorker.standard();
        SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"));
        ServerWorkspace window =
            ServerWorkspace.open(server.signIn("analyst"), LocalCore.of(worker), journal)) {
      assertThat(Runs.run(window, "SELECT city FROM customers WHERE id = 1").rows())
          .containsExactly("[Rome]");
      server.signIn("admin").publishPolicy(RECLASSIFIED, "places are personal");
      List<String> after = Runs.run(window, "SELECT city FROM customers WHERE id = 1").rows();
      assertThat(after).doesNotContain("[Rome]");
      assertThat(Runs.run(window, "SELECT city FROM customers WHERE id = 1").rows())
          .containsExactly("[[redacted]]");
    }
    // The same database under a server that may not apply anything itself.
    Target byHand =
        Target.enforced(
            shop.target().definition(),
            "production",
            "data-platform",
            new Enforcement(
                shop.target().enforcement().orElseThrow().broker(),
                shop.target().enforcement().orElseThrow().changer(),
                java.util.Optional.empty(),
                java.util.Set.of("superuser:postgres")));
    try (TestServer server =
        TestServer.start(folder.resolve("b"), config -> config.withTargets(List.of(byHand)))) {
      assertThatThrownBy(() -> server.signIn("analyst").lease("shop"))
          .isInstanceOfSatisfying(
              WorkspaceProblem.class,
              problem -> assertThat(problem.code()).isEqualTo("enforcement-not-current"));
    }
  }

  @Test
  void anApprovedChangeRunsWithALoginOfItsOwnThatIsGoneAfterwards(@TempDir Path folder)
      throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    try (TestServer server = start(folder, shop)) {
      HttpServerClient analyst = server.signIn("analyst");
      shop.execute(
          "CREATE TABLE public.who (name text)",
          "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS"
              + " 'BEGIN INSERT INTO public.who VALUES (session_user); RETURN new; END'",
          "CREATE TRIGGER note AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION note()");
      ApprovedRun ran =
          server.approvedRun(analyst, "UPDATE orders SET status = 'void' WHERE id = 7");
      assertThat(ran.execution().message()).isEmpty();
      assertThat(ran.updateCount()).isEqualTo(1);
      assertThat(shop.value("SELECT status FROM orders WHERE id = 7")).isEqualTo("void");
      assertThat(shop.value("SELECT name FROM who")).startsWith("slu_change_");
      assertThat(server.approvedRun(analyst, "DELETE FROM orders WHERE id = 9").updateCount())
          .isEqualTo(1);
      // Of this database: roles are the cluster's, and other tests leave theirs to the sweeper.
      assertThat(
              shop.value(
                  "SELECT count(*) FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid"
                      + " JOIN pg_roles l ON l.oid = m.member"
                      + " WHERE l.rolname LIKE 'slu\\_change\\_%' AND g.rolname = 'sluice_"
                      + shop.database()
                      + "_changes'"))
          .isEqualTo("0");
      assertThat(
              shop.value(
                  "SELECT count(*) FROM pg_class WHERE relacl::text LIKE '%slu\\_change\\_%'"))
          .isEqualTo("0");
    }
  }

  private static String leases(EnforcedShop shop) {
    return shop.value(
        "SELECT count(*) FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid"
            + " JOIN pg_roles l ON l.oid = m.member WHERE l.rolname LIKE 'slu\\_%'"
            + " AND g.rolname LIKE 'sluice\\_"
            + shop.database()
            + "\\_reader%'");
  }

  private static String first(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      return result.next() ? String.valueOf(result.getString(1)) : "";
    }
  }
}
