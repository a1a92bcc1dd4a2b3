package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.connection.AdministrationPool;
import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionDefinition.Transport;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.ChangeOutcome;
import dev.sluice.gateway.workspace.PlannedChange;
import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.Execution;
import dev.sluice.governance.codec.wire.ApprovedRun;
import dev.sluice.governance.codec.wire.Lease;
import dev.sluice.governance.enforcement.EnforcementNames;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.server.enforcement.MariadbLeaseBroker;
import dev.sluice.server.enforcement.MariadbServer;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A MariaDB that enforces the policy itself, from the server's start to its end.
@Tag("slow")
class EnforcedMariadbTest {

  private static MariadbServer mariadb;

  @BeforeAll
  static void start() throws Exception {
    mariadb = new MariadbServer();
  }

  @AfterAll
  static void stop() throws Exception {
    mariadb.close();
  }

  /// A database of its own for each test.
  private static final class Shop {
    private final String database;
    private final Set<String> accepted;

    /// Every finding on it is accepted.
    Shop(String database) throws Exception {
      this(database, findings());
    }

    Shop(String database, Set<String> accepted) throws SQLException {
      this.database = database;
      this.accepted = accepted;
      mariadb.administrator("CREATE DATABASE " + database + " CHARACTER SET utf8mb4");
      execute(
          "CREATE TABLE customers (id INT PRIMARY KEY, name VARCHAR(40), email VARCHAR(60),"
              + " ssn VARCHAR(20), city VARCHAR(20))",
          "CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT, status VARCHAR(10),"
              + " total DECIMAL(10, 2))",
          "CREATE VIEW contacts AS SELECT id, email AS contact FROM customers",
          "INSERT INTO customers SELECT seq, CONCAT('name ', seq), CONCAT('person', seq,"
              + " '@acme.test'), CONCAT('900-11-', 1000 + seq), 'Rome' FROM seq_1_to_50",
          "INSERT INTO orders SELECT seq, seq % 50 + 1, 'open', seq FROM seq_1_to_200");
    }

    void execute(String... statements) throws SQLException {
      try (Connection connection = mariadb.connect(database, "admin", "admin");
          Statement statement = connection.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      }
    }

    String value(String sql) throws SQLException {
      try (Connection connection = mariadb.connect(database, "admin", "admin")) {
        return first(connection, sql);
      }
    }

    /// Accounts of leases and of changes.
    String leftLogins() throws SQLException {
      return value("SELECT GROUP_CONCAT(User) FROM mysql.user WHERE User LIKE 'slu!_%' ESCAPE '!'");
    }

    Target target() {
      return Target.enforced(
          ConnectionDefinition.server(
              "shop", Dialect.MARIADB, "127.0.0.1", mariadb.port(), database, Transport.NONE),
          "production",
          "data-platform",
          new Enforcement(
              new DatabaseLogin("server", "sluice_" + database + "_broker", "broker0password"),
              new DatabaseLogin("server", "sluice_" + database + "_changer", "changer0password"),
              Optional.of(new DatabaseLogin("server", "admin", "admin")),
              accepted));
    }
  }

  @Test
  @Tag("slow")
  void noLoginIsLeftAMinuteAfterTheDatabaseIsBack(@TempDir Path folder) throws Exception {
    storm(folder, "storm", 100);
  }

  @Test
  @Tag("proof")
  void noneOfTenThousandLoginsIsLeftAMinuteAfterTheDatabaseIsBack(@TempDir Path folder)
      throws Exception {
    storm(folder, "storms", 10_000).page("leases-mariadb.md", "EnforcedMariadbTest");
  }

  private static LeaseStorm.Figures storm(Path folder, String database, int leases)
      throws Exception {
    Shop shop = new Shop(database);
    LeaseStorm.prepare(folder.resolve("first"), shop.target());
    DatabaseLogin login = shop.target().enforcement().orElseThrow().broker();
    try (AdministrationPool pool = new AdministrationPool(shop.target().definition(), login, 4)) {
      return new LeaseStorm(
              "MariaDB",
              shop.target(),
              new MariadbLeaseBroker(pool, new EnforcementNames(database), new SecureRandom()),
              () -> mariadb.administrator("ALTER USER '" + login.user() + "'@'%' ACCOUNT LOCK"),
              () -> mariadb.administrator("ALTER USER '" + login.user() + "'@'%' ACCOUNT UNLOCK"),
              () ->
                  Integer.parseInt(
                      shop.value(
                          "SELECT count(*) FROM mysql.user WHERE User LIKE 'slu!_storm%' ESCAPE"
                              + " '!'")))
          .run(folder.resolve("second"), leases);
    }
  }

  /// Who administers the tests' MariaDB, as the audit names them.
  private static Set<String> findings() throws Exception {
    try (Connection connection = mariadb.connect("mysql", "admin", "admin")) {
      Set<String> found = new TreeSet<>();
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT DISTINCT GRANTEE FROM information_schema.USER_PRIVILEGES WHERE"
                      + " PRIVILEGE_TYPE IN ('SELECT', 'CREATE USER') AND GRANTEE NOT LIKE"
                      + " '%sluice%'")) {
        while (row.next()) {
          found.add("grant:*.*:" + row.getString(1));
        }
      }
      found.add("anonymous:@" + InetAddress.getLocalHost().getHostName());
      found.add("anonymous:@localhost");
      return found;
    }
  }

  private static TestServer start(Path folder, Shop shop) {
    return TestServer.start(folder, config -> config.withTargets(List.of(shop.target())));
  }

  @Test
  void noKeyIsInAnythingThatTheLentLoginReads(@TempDir Path folder) throws Exception {
    Shop shop = new Shop("keyless");
    String keyed =
        TestServer.POLICY
            .replace("{algorithm: email, uses", "{algorithm: hash, uses")
            .replace("{algorithm: keep-last, count: 4, uses", "{algorithm: token, uses");
    try (TestServer server =
        TestServer.start(
            folder, config -> config.withTargets(List.of(shop.target())).withPolicy(keyed))) {
      Lease lease = server.signIn("analyst").lease("shop");
      KeySearch search = new KeySearch(folder);
      try (Connection plain = mariadb.connect("sluice_keyless", lease.user(), lease.password())) {
        List<String> relations = new ArrayList<>();
        try (Statement statement = plain.createStatement();
            ResultSet names =
                statement.executeQuery(
                    "SELECT CONCAT('`', TABLE_SCHEMA, '`.`', TABLE_NAME, '`')"
                        + " FROM information_schema.TABLES")) {
          while (names.next()) {
            relations.add(names.getString(1));
          }
        }
        for (String relation : relations) {
          search.read(plain, "SELECT * FROM " + relation);
          search.read(plain, "SHOW CREATE TABLE " + relation);
        }
        for (String show :
            List.of(
                "SHOW TABLE STATUS",
                "SHOW FULL TABLES",
                "SHOW VARIABLES",
                "SHOW STATUS",
                "SHOW GRANTS",
                "SHOW PROCEDURE STATUS",
                "SHOW FUNCTION STATUS",
                "SHOW FULL PROCESSLIST",
                "EXPLAIN EXTENDED SELECT * FROM customers",
                "SHOW WARNINGS")) {
          search.read(plain, show);
        }
        assertThat(search.characters()).isGreaterThan(50_000);
        assertThat(search.found()).isEmpty();
        // The search itself: a key that is there is found.
        String key = Base64.getEncoder().encodeToString(search.sealKey(folder));
        try (Statement statement = plain.createStatement()) {
          statement.execute("SET @planted = 'x" + key + "'");
        }
        search.read(plain, "SELECT @planted");
        assertThat(search.found()).isNotEmpty();
      }
    }
  }

  @Test
  void theWindowReadsMaskedViewsUnderTheNamesOfTheTables(@TempDir Path folder) throws Exception {
    Shop shop = new Shop("readings");
    try (TestServer server = start(folder, shop);
        BoundedParserWorker worker = BoundedParserWorker.standard();
        SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"));
        ServerWorkspace window =
            ServerWorkspace.open(server.signIn("analyst"), LocalCore.of(worker), journal)) {
      assertThat(window.connections().getFirst().whatCouldGoWrong())
          .startsWith("These still read everything, which was accepted: ");
      assertThat(window.connections().getFirst().context().ring()).isEqualTo("enforced");
      assertThat(window.catalog("shop", false).relations())
          .extracting(relation -> relation.ref().dotted())
          .containsExactlyInAnyOrder("readings.customers", "readings.orders", "readings.contacts");
      for (String read :
          List.of(
              "SELECT email FROM customers WHERE id = 7",
              "SELECT email FROM readings.customers WHERE id = 7",
              "SELECT c.email FROM readings.customers c JOIN orders o ON o.customer_id = c.id"
                  + " WHERE c.id = 7 LIMIT 1",
              "SELECT readings.customers.email FROM readings.customers WHERE readings.customers.id"
                  + " = 7",
              "SELECT contact FROM contacts WHERE id = 7",
              "WITH c AS (SELECT * FROM readings.customers) SELECT email FROM c WHERE id = 7",
              "SELECT email FROM customers WHERE ssn LIKE '%1007' ORDER BY ssn LIMIT 1")) {
        Runs.Ran ran = Runs.run(window, read);
        assertThat(ran.problem()).as(read).isEmpty();
        assertThat(ran.rows()).as(read).containsExactly("[p***@a***.test]");
      }
      assertThat(Runs.run(window, "SELECT id FROM customers WHERE email = 'person7@acme.test'"))
          .matches(ran -> ran.rows().isEmpty() && ran.problem().isEmpty());
      assertThat(Runs.run(window, "SELECT count(*) FROM customers c JOIN customers d USING (ssn)"))
          .matches(ran -> ran.problem().isEmpty());
      assertThat(Runs.run(window, "SELECT status, count(*) FROM orders GROUP BY status").rows())
          .containsExactly("[open, 200]");
    }
    assertThat(shop.leftLogins()).isEqualTo("null");
  }

  @Test
  void namesWithADatabaseAreLedToViewsThoughOthersReadAroundSluice(@TempDir Path folder)
      throws Exception {
    Shop shop = new Shop("around", Set.of());
    try (TestServer server = start(folder, shop);
        BoundedParserWorker worker = BoundedParserWorker.standard();
        SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"));
        ServerWorkspace window =
            ServerWorkspace.open(server.signIn("analyst"), LocalCore.of(worker), journal)) {
      assertThat(window.connections().getFirst().context().ring()).isEqualTo("brokered");
      assertThat(window.connections().getFirst().whatCouldGoWrong())
          .contains("read around Sluice", "sluice enforce audit --connection shop");
      for (String table : List.of("customers", "around.customers")) {
        assertThat(Runs.run(window, "SELECT email FROM " + table + " WHERE id = 7").rows())
            .as(table)
            .containsExactly("[p***@a***.test]");
      }
    }
  }

  @Test
  void theLentLoginReadsMaskedValuesInAnyClientUntilItEnds(@TempDir Path folder) throws Exception {
    Shop shop = new Shop("lent");
    try (TestServer server = start(folder, shop)) {
      HttpServerClient analyst = server.signIn("analyst");
      Lease lease = analyst.lease("shop");
      assertThat(lease.database()).isEqualTo("sluice_lent");
      try (Connection client = mariadb.connect("sluice_lent", lease.user(), lease.password())) {
        assertThat(first(client, "SELECT email FROM customers WHERE id = 7"))
            .isEqualTo("p***@a***.test");
        assertThatThrownBy(() -> first(client, "SELECT email FROM lent.customers"))
            .hasMessageContaining("denied");
        assertThatThrownBy(() -> first(client, "DELETE FROM orders"))
            .isInstanceOf(SQLException.class);
        Lease renewed = analyst.renew(lease);
        assertThat(renewed.expiresAt()).isAfterOrEqualTo(lease.expiresAt());
        assertThat(shop.value("SELECT count(*) FROM sluice_broker_lent.lease")).isEqualTo("1");
        analyst.release(lease.id());
        assertThatThrownBy(() -> first(client, "SELECT email FROM customers"))
            .isInstanceOf(SQLException.class);
      }
      assertThat(shop.leftLogins()).isEqualTo("null");
      assertThatThrownBy(
              () -> mariadb.connect("sluice_lent", lease.user(), lease.password()).close())
          .isInstanceOf(SQLException.class);
    }
    for (String login : List.of("broker", "changer")) {
      try (Connection own =
          mariadb.connect("sluice_broker_lent", "sluice_lent_" + login, login + "0password")) {
        assertThatThrownBy(() -> first(own, "SELECT email FROM lent.customers"))
            .hasMessageContaining("denied");
        assertThatThrownBy(() -> first(own, "SELECT email FROM sluice_lent.customers"))
            .hasMessageContaining("denied");
      }
    }
  }

  @Test
  void aLeaseThatIsNotRenewedEndsWithItsSessions(@TempDir Path folder) throws Exception {
    Shop shop = new Shop("ends");
    try (TestServer server =
        TestServer.start(
            folder,
            config ->
                config
                    .withTargets(List.of(shop.target()))
                    .withTimings(
                        new Timings(
                            Duration.ofSeconds(2),
                            Duration.ofHours(8),
                            Duration.ofMinutes(1),
                            Duration.ofMillis(200))))) {
      Lease lease = server.signIn("analyst").lease("shop");
      try (Connection client = mariadb.connect("sluice_ends", lease.user(), lease.password())) {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!shop.leftLogins().equals("null") && System.nanoTime() < until) {
          Thread.sleep(100);
        }
        assertThat(shop.leftLogins()).isEqualTo("null");
        assertThatThrownBy(() -> first(client, "SELECT email FROM customers"))
            .isInstanceOf(SQLException.class);
      }
    }
  }

  @Test
  void nobodyGetsALoginOverADatabaseThatSomebodyChanged(@TempDir Path folder) throws Exception {
    Shop shop = new Shop("drifts");
    try (TestServer server = start(folder, shop)) {
      HttpServerClient analyst = server.signIn("analyst");
      shop.execute("ALTER TABLE customers ADD COLUMN nickname VARCHAR(20)");
      assertThatThrownBy(() -> analyst.lease("shop"))
          .isInstanceOfSatisfying(
              WorkspaceProblem.class,
              problem -> {
                assertThat(problem.code()).isEqualTo("enforcement-drift");
                assertThat(problem.getMessage()).contains("nickname");
              });
      assertThat(shop.leftLogins()).isEqualTo("null");
    }
  }

  @Test
  void anApprovedChangeRunsWithALoginOfItsOwnThatIsGoneAfterwards(@TempDir Path folder)
      throws Exception {
    Shop shop = new Shop("changes");
    shop.execute(
        "CREATE TABLE who (name VARCHAR(80))",
        "CREATE TRIGGER note AFTER UPDATE ON orders FOR EACH ROW INSERT INTO who VALUES (USER())");
    try (TestServer server = start(folder, shop)) {
      HttpServerClient analyst = server.signIn("analyst");
      ApprovedRun ran =
          server.approvedRun(analyst, "UPDATE orders SET status = 'void' WHERE id = 7");
      assertThat(ran.execution().message()).isEmpty();
      assertThat(ran.updateCount()).isEqualTo(1);
      assertThat(shop.value("SELECT status FROM orders WHERE id = 7")).isEqualTo("void");
      assertThat(shop.value("SELECT name FROM who")).startsWith("slu_change_");
      assertThat(server.approvedRun(analyst, "DELETE FROM orders WHERE id = 9").updateCount())
          .isEqualTo(1);
      assertThat(
              server
                  .approvedRun(
                      analyst,
                      "INSERT INTO orders (id, customer_id, status, total) VALUES (900, 1, 'x', 2)")
                  .execution()
                  .state())
          .isEqualTo(Execution.State.EXECUTED);
      assertThat(shop.leftLogins()).isEqualTo("null");
      assertThat(shop.value("SELECT count(*) FROM sluice_broker_changes.change_login"))
          .isEqualTo("0");
      assertThat(
              shop.value(
                  "SELECT count(*) FROM mysql.tables_priv WHERE User LIKE 'slu!_%'"
                      + " ESCAPE '!'"))
          .isEqualTo("0");
    }
  }

  private static String first(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? String.valueOf(result.getString(1)) : "";
    }
  }

  @Test
  void whatThePolicyAllowsIsMadeByALoginOfItsOwnInOneTransactionOrNotAtAll(@TempDir Path folder)
      throws Exception {
    Shop shop = new Shop("allowed");
    String policy =
        TestServer.POLICY
            .replace(
                "connection.environment == \"production\" && statement.writes",
                "statement.tables.exists(t, t.endsWith(\"customers\")) && statement.writes")
            .replace(" && statement.reads_only", "");
    try (TestServer server =
            TestServer.start(
                folder, config -> config.withTargets(List.of(shop.target())).withPolicy(policy));
        BoundedParserWorker worker = BoundedParserWorker.standard();
        SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"));
        ServerWorkspace window =
            ServerWorkspace.open(server.signIn("analyst"), LocalCore.of(worker), journal)) {
      assertThat(Runs.run(window, "UPDATE orders SET status = 'paid' WHERE id = 5").problem())
          .isEmpty();
      assertThat(
              window.change(
                  "shop",
                  List.of(
                      planned("UPDATE orders SET status = 'void' WHERE id = 6", 1),
                      planned("DELETE FROM orders WHERE id = 9999", 1))))
          .isEqualTo(new ChangeOutcome.NotAsExpected(1, 0));
      assertThat(
              window.change(
                  "shop",
                  List.of(
                      planned("INSERT INTO orders VALUES (901, 1, 'new', 3.5)", 1),
                      planned("DELETE FROM orders WHERE id = 7", 1))))
          .isEqualTo(new ChangeOutcome.Made(List.of(1L, 1L)));
      assertThat(
              shop.value("SELECT GROUP_CONCAT(status ORDER BY id) FROM orders WHERE id IN (5, 6)"))
          .isEqualTo("paid,open");
      assertThat(shop.value("SELECT count(*) FROM orders")).isEqualTo("200");
      assertThat(Runs.run(window, "UPDATE customers SET name = 'x'").problem()).isNotEmpty();
      assertThat(
              shop.value(
                  "SELECT count(*) FROM mysql.user WHERE User LIKE 'slu!_change!_%' ESCAPE '!'"))
          .isEqualTo("0");
    }
  }

  private static PlannedChange planned(String sql, long expected) {
    return new PlannedChange(StatementText.of(sql), expected);
  }
}
