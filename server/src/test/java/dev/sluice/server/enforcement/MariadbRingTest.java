package dev.sluice.server.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.enforcement.AccessFinding;
import dev.sluice.governance.enforcement.AccessProfile;
import dev.sluice.governance.enforcement.EnforcementPlan;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mariadb.jdbc.MariaDbDataSource;

@Tag("slow")
class MariadbRingTest {

  private static final List<String> MORE_TABLES =
      List.of(
          "CREATE TABLE `odd ``table` (`select` INT PRIMARY KEY, `e mail` VARCHAR(80),"
              + " lower_mail VARCHAR(80) AS (LOWER(`e mail`)) STORED, hidden INT INVISIBLE)",
          "INSERT INTO `odd ``table` (`select`, `e mail`) VALUES (1, 'zqplant.odd@mail.test')",
          "CREATE FUNCTION nid_of(i INT) RETURNS VARCHAR(20) READS SQL DATA RETURN"
              + " (SELECT national_id FROM people WHERE id = i)",
          "CREATE VIEW calls AS SELECT id, nid_of(id) AS n FROM parts",
          "CREATE DATABASE elsewhere",
          "CREATE VIEW elsewhere.parts AS SELECT id, national_id AS name FROM shop.people",
          "CREATE VIEW far AS SELECT id, name FROM elsewhere.parts");

  private static final List<String> MORE_ATTACKS =
      List.of(
          "SELECT * FROM shop.people",
          "SELECT * FROM elsewhere.parts",
          "SELECT * FROM far",
          "SELECT * FROM calls",
          "SELECT shop.nid_of(1)",
          "SELECT * FROM `odd ``table`",
          "SELECT * FROM information_schema.COLUMN_STATISTICS",
          "SELECT * FROM mysql.column_stats",
          "SELECT * FROM information_schema.PROCESSLIST",
          "SHOW FULL PROCESSLIST",
          "SHOW CREATE VIEW people",
          "EXPLAIN EXTENDED SELECT * FROM people WHERE id = 1",
          "SHOW WARNINGS",
          "SELECT id FROM people WHERE national_id = 1",
          "SELECT id FROM visits WHERE remark > 0",
          "SELECT extractvalue(1, concat('~', (SELECT max(national_id) FROM people)))",
          "SELECT updatexml(1, concat('~', (SELECT max(pan) FROM cards)), 1)",
          "SELECT * FROM people PROCEDURE ANALYSE()",
          "SELECT * FROM people INTO OUTFILE '/tmp/zq'",
          "SELECT load_file('/etc/passwd')",
          "EXECUTE IMMEDIATE 'SELECT * FROM shop.people'",
          "HANDLER people OPEN",
          "SET @x = (SELECT max(national_id) FROM people)",
          "SELECT @x",
          "CALL sluice_broker_shop.issue('slu_x_00000000', '', '', 1, 1, 1)",
          "GRANT SELECT ON shop.* TO CURRENT_USER()",
          "KILL USER sluice_shop_broker",
          "LOCK TABLES people READ");

  private static MariadbServer server;
  private static EnforcementService service;
  private static LeaseBroker broker;
  private static AccessProfile access;

  @BeforeAll
  static void applyThePlan() throws Exception {
    server = new MariadbServer();
    server.administrator("CREATE DATABASE shop CHARACTER SET utf8mb4");
    try (Connection connection = server.connect("shop", "admin", "admin");
        Statement statement = connection.createStatement()) {
      for (String sql : RingFixture.TABLES) {
        statement.execute(sql);
      }
      for (String sql : MORE_TABLES) {
        statement.execute(sql);
      }
    }
    MariaDbDataSource administrator =
        new MariaDbDataSource(server.url("shop") + "?user=admin&password=admin");
    service = new EnforcementService(Dialect.MARIADB, administrator, ParserWorker.onCallerThread());
    Map<ColumnRef, MaskSpec> masks = new HashMap<>(RingFixture.access("shop").masks());
    masks.put(new ColumnRef(new TableRef("shop", "odd `table"), "e mail"), MaskSpec.of("email"));
    access = AccessProfile.everybody(masks, RingFixture.access("shop").rowFilters());
    EnforcementPlan plan = service.plan(List.of(access), Set.of());
    assertThat(plan.problems()).isEmpty();
    assertThat(plan.notes()).anySatisfy(n -> assertThat(n.object()).isEqualTo("shop.calls"));
    assertThat(plan.notes()).anySatisfy(n -> assertThat(n.object()).isEqualTo("shop.far"));
    service.apply(plan, plan.hash());
    service.setBrokerPassword("secret");
    broker =
        new MariadbLeaseBroker(
            new MariaDbDataSource(server.url("") + "?user=sluice_shop_broker&password=secret"),
            plan.names(),
            new SecureRandom());
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static Connection connect(Lease lease) throws SQLException {
    return server.connect("sluice_shop", lease.login(), lease.password());
  }

  @Test
  void aLeasedLoginSeesNoPlantedValueWhateverItTriesAndChangesNothing() throws Exception {
    Ring ring = new Ring();
    Lease lease = broker.issue(LeaseTerms.usual("ana", ""));
    List<String> before = rows();
    List<String> attacks = new ArrayList<>(RingFixture.ATTACKS);
    attacks.addAll(MORE_ATTACKS);
    for (String attack : attacks) {
      try (Connection connection = connect(lease)) {
        ring.run(connection, attack);
        ring.run(connection, "SHOW WARNINGS");
      }
    }
    assertThat(ring.leaks()).isEmpty();
    assertThat(ring.ran()).isGreaterThan(20);
    assertThat(ring.refused()).isGreaterThan(20);
    assertThat(rows()).isEqualTo(before);
    broker.revoke(lease.login());
  }

  @Test
  void everydayReadsRunWithTheNamesTheyAlwaysHad() throws Exception {
    Ring ring = new Ring();
    Lease lease = broker.issue(LeaseTerms.usual("ana", ""));
    List<String> failures = new ArrayList<>();
    try (Connection connection = connect(lease)) {
      for (String read : RingFixture.BENIGN) {
        String failure = ring.run(connection, read);
        if (!failure.isEmpty()) {
          failures.add(read + ": " + failure);
        }
      }
    }
    assertThat(failures).isEmpty();
    assertThat(ring.leaks()).isEmpty();
    broker.revoke(lease.login());
  }

  @Test
  void revokingALeaseEndsItsSessions() throws Exception {
    Lease lease = broker.issue(LeaseTerms.usual("ana", ""));
    try (Connection connection = connect(lease)) {
      broker.revoke(lease.login());
      assertThatThrownBy(() -> connection.createStatement().executeQuery("SELECT 1 FROM people"))
          .isInstanceOf(SQLException.class);
    }
    assertThatThrownBy(() -> connect(lease)).isInstanceOf(SQLException.class);
    assertThat(broker.outstanding()).isEmpty();
  }

  @Test
  void nobodyGetsALoginOverADatabaseThatChanged() throws Exception {
    server.administrator("ALTER TABLE shop.parts ADD COLUMN secret INT");
    try {
      assertThatThrownBy(() -> broker.issue(LeaseTerms.usual("ana", "")))
          .isInstanceOf(EnforcementProblem.class)
          .hasMessageContaining("secret");
    } finally {
      server.administrator("ALTER TABLE shop.parts DROP COLUMN secret");
    }
    assertThat(broker.drift().none()).isTrue();
  }

  @Test
  void verifyingFindsNothingAndTheAuditNamesWhoReadsAroundSluice() throws Exception {
    assertThat(service.verify(access, broker, MariadbRingTest::connect)).isEmpty();
    server.administrator(
        "CREATE USER reporting@localhost IDENTIFIED BY 'x'",
        "GRANT SELECT ON shop.people TO reporting@localhost");
    List<AccessFinding> findings = service.audit(List.of(access), Set.of());
    AccessFinding grant =
        findings.stream()
            .filter(finding -> finding.who().equals("'reporting'@'localhost'"))
            .findFirst()
            .orElseThrow();
    server.administrator(grant.closing());
    assertThat(service.audit(List.of(access), Set.of()))
        .noneMatch(finding -> finding.who().equals("'reporting'@'localhost'"));
  }

  /// Each way is opened, named by the audit, closed by the statement that the audit gives, and
  /// gone.
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "GRANT SELECT ON *.* TO around@localhost",
        "GRANT SELECT ON shop.* TO around@localhost",
        "GRANT SELECT, TRIGGER ON shop.people TO around@localhost",
        "GRANT SELECT (id), SELECT (mail) ON shop.people TO around@localhost",
        "GRANT FILE, SUPER ON *.* TO around@localhost",
        "GRANT REPLICATION SLAVE ON *.* TO around@localhost",
        "GRANT BINLOG MONITOR ON *.* TO around@localhost",
        "GRANT SET USER, CREATE USER ON *.* TO around@localhost",
        "GRANT TRIGGER ON shop.* TO around@localhost",
        "GRANT ALL PRIVILEGES ON shop.* TO around@localhost",
        "GRANT ALL PRIVILEGES ON *.* TO around@localhost",
        "CREATE USER ''@'192.0.2.1'",
      })
  void theStatementOfEachFindingClosesIt(String opening) throws Exception {
    Set<String> before = new TreeSet<>();
    server.administrator("CREATE USER around@localhost IDENTIFIED BY 'x'");
    try {
      service.audit(List.of(access), Set.of()).forEach(finding -> before.add(finding.name()));
      server.administrator(opening);
      List<AccessFinding> found = service.audit(List.of(access), before);
      assertThat(found).as(opening).isNotEmpty();
      for (AccessFinding finding : found) {
        server.administrator(finding.closing());
      }
      assertThat(service.audit(List.of(access), before)).as(opening).isEmpty();
    } finally {
      server.administrator("DROP USER around@localhost", "DROP USER IF EXISTS ''@'192.0.2.1'");
    }
  }

  @Test
  void theBrokersLoginCanReadNoTable() throws Exception {
    try (Connection connection = server.connect("", "sluice_shop_broker", "secret");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("SELECT * FROM shop.people"))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> statement.execute("SELECT * FROM sluice_shop.people"))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> statement.execute("CREATE USER another"))
          .isInstanceOf(SQLException.class);
    }
  }

  private static List<String> rows() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = server.connect("shop", "admin", "admin");
        Statement statement = connection.createStatement()) {
      for (String table : List.of("people", "cards", "staff", "visits", "parts")) {
        try (ResultSet result = statement.executeQuery("SELECT * FROM " + table + " ORDER BY id")) {
          while (result.next()) {
            rows.add(table + result.getString(1) + result.getString(2) + result.getString(3));
          }
        }
      }
    }
    return rows;
  }
}
