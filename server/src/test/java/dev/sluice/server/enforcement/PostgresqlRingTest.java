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
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("slow")
class PostgresqlRingTest {

  /// What only PostgreSQL has, and names that are hard to quote.
  private static final List<String> MORE_TABLES =
      List.of(
          "CREATE SCHEMA hr",
          "CREATE DOMAIN mail_address AS text CHECK (VALUE LIKE '%@%')",
          "CREATE TYPE mood AS ENUM ('zqplant sad', 'zqplant glad')",
          "CREATE TABLE hr.\"Odd \"\"Table\" (\"select\" int PRIMARY KEY, \"E Mail\" mail_address,"
              + " feeling mood, \"lower mail\" text GENERATED ALWAYS AS (lower(\"E Mail\"))"
              + " STORED)",
          "INSERT INTO hr.\"Odd \"\"Table\" VALUES (1, 'zqplant.odd@mail.test', 'zqplant sad')",
          "CREATE TABLE log (id int, who text, at date) PARTITION BY RANGE (at)",
          "CREATE TABLE log_2026 PARTITION OF log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
          "INSERT INTO log VALUES (1, 'zqplant.log@mail.test', '2026-05-05')",
          "CREATE TABLE vip (level int) INHERITS (people)",
          "INSERT INTO vip VALUES (9,'Vip','zqplant.vip@mail.test','771-55-0009','+99-0-77009',"
              + "'Rome','1970-01-01',1)",
          "CREATE MATERIALIZED VIEW wages AS SELECT id, wage AS pay FROM staff",
          "CREATE FUNCTION nid_of(i int) RETURNS text LANGUAGE sql SECURITY DEFINER AS"
              + " 'SELECT national_id FROM public.people WHERE id = i'",
          "CREATE FUNCTION twice(i int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT i * 2'",
          "CREATE MATERIALIZED VIEW stored_calls AS SELECT nid_of(id) AS n FROM parts",
          "CREATE VIEW hr.shadow AS SELECT id, national_id AS name FROM public.people",
          "ANALYZE");

  private static final List<String> MORE_ATTACKS =
      List.of(
          "SELECT * FROM public.people",
          "SELECT mail FROM ONLY people",
          "TABLE people",
          "SELECT people FROM people",
          "SELECT row_to_json(p), p::text FROM people p",
          "SELECT string_agg(national_id, ','), array_agg(pan) FROM people, cards",
          "SELECT nid_of(1)",
          "SELECT * FROM stored_calls",
          "SELECT pay FROM wages",
          "SELECT * FROM hr.shadow",
          "SELECT * FROM vip",
          "SELECT who FROM log",
          "SELECT * FROM log_2026",
          "SELECT * FROM hr.\"Odd \"\"Table\"",
          "SELECT * FROM sluice_hr.\"Odd \"\"Table\"",
          "SELECT most_common_vals::text, histogram_bounds::text FROM pg_stats",
          "SELECT query FROM pg_stat_activity",
          "SELECT query_to_xml('SELECT * FROM public.people', true, true, '')",
          "SELECT national_id::int FROM people",
          "DO $$ BEGIN RAISE NOTICE '%', (SELECT max(mail) FROM people); END $$",
          "SET search_path = public; SELECT * FROM people",
          "SET ROLE sluice_shop_views; SELECT * FROM public.people",
          "RESET default_transaction_read_only; UPDATE parts SET price = 0",
          "SET default_transaction_read_only = off; DELETE FROM parts",
          "SELECT lo_from_bytea(0, convert_to(max(mail), 'UTF8')) FROM people",
          "COPY public.people TO STDOUT",
          "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
          "ALTER VIEW sluice_public.people OWNER TO CURRENT_USER",
          "GRANT sluice_shop_reader TO sluice_shop_broker",
          "SELECT sluice_broker.issue('slu_x_00000000', '', '', 1, 1, 1)",
          "ALTER ROLE CURRENT_USER VALID UNTIL 'infinity'",
          "EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM people WHERE mail = 'x'",
          "SELECT ctid, xmin FROM people",
          "SELECT id FROM visits WHERE remark::int > 0",
          "DECLARE c CURSOR FOR SELECT * FROM people; FETCH ALL FROM c");

  private static EmbeddedPostgres postgres;
  private static DataSource administrator;
  private static EnforcementService service;
  private static LeaseBroker broker;
  private static AccessProfile access;

  @BeforeAll
  static void applyThePlan() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    run(postgres.getPostgresDatabase(), List.of("CREATE DATABASE shop", "CREATE ROLE app LOGIN"));
    administrator = postgres.getDatabase("postgres", "shop");
    run(administrator, RingFixture.TABLES);
    run(administrator, MORE_TABLES);
    service =
        new EnforcementService(Dialect.POSTGRESQL, administrator, ParserWorker.onCallerThread());
    Map<ColumnRef, MaskSpec> masks = new HashMap<>(RingFixture.access("public").masks());
    TableRef odd = new TableRef("hr", "Odd \"Table");
    masks.put(new ColumnRef(odd, "E Mail"), MaskSpec.of("email"));
    masks.put(new ColumnRef(odd, "feeling"), MaskSpec.redact());
    masks.put(new ColumnRef(new TableRef("public", "log_2026"), "who"), MaskSpec.redact());
    access = AccessProfile.everybody(masks, RingFixture.access("public").rowFilters());
    EnforcementPlan plan = service.plan(List.of(access), Set.of("public.twice"));
    assertThat(plan.problems()).isEmpty();
    service.apply(plan, plan.hash());
    service.setBrokerPassword("secret");
    PGSimpleDataSource login = new PGSimpleDataSource();
    login.setUrl(postgres.getJdbcUrl("sluice_shop_broker", "shop"));
    login.setPassword("secret");
    broker = new PostgresqlLeaseBroker(login, plan.names(), new SecureRandom());
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  private static void run(DataSource source, List<String> statements) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static Connection connect(Lease lease) throws SQLException {
    return DriverManager.getConnection(
        postgres.getJdbcUrl(lease.login(), "shop") + "&password=" + lease.password());
  }

  @Test
  void aLeasedLoginSeesNoPlantedValueWhateverItTriesAndChangesNothing() throws Exception {
    Ring ring = new Ring();
    Lease lease = broker.issue(LeaseTerms.usual("Ana.Lyst@acme.test", ""));
    List<String> before = rows();
    List<String> attacks = new ArrayList<>(RingFixture.ATTACKS);
    attacks.addAll(MORE_ATTACKS);
    for (String attack : attacks) {
      try (Connection connection = connect(lease)) {
        ring.run(connection, attack);
      }
    }
    assertThat(ring.leaks()).isEmpty();
    assertThat(ring.ran()).isGreaterThan(20);
    assertThat(ring.refused()).isGreaterThan(20);
    assertThat(rows()).isEqualTo(before);
    broker.revoke(lease.login());
  }

  @Test
  void theSameClientFindsPlantedValuesWhereNothingIsEnforced() throws Exception {
    Ring ring = new Ring();
    try (Connection connection = administrator.getConnection()) {
      for (String attack : RingFixture.ATTACKS) {
        if (attack.startsWith("SELECT")) {
          ring.run(connection, attack);
        }
      }
    }
    assertThat(ring.leaks().size()).isGreaterThan(12);
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
      assertThat(ring.run(connection, "SELECT twice(id) FROM parts")).isEmpty();
    }
    assertThat(failures).isEmpty();
    assertThat(ring.leaks()).isEmpty();
    broker.revoke(lease.login());
  }

  @Test
  void theSamePlanComesOutOfAnEnforcedDatabase() throws Exception {
    EnforcementPlan plan = service.plan(List.of(access), Set.of("public.twice"));
    EnforcementPlan again = service.plan(List.of(access), Set.of("public.twice"));
    assertThat(again.hash()).isEqualTo(plan.hash());
    service.apply(plan, plan.hash());
    assertThat(service.plan(List.of(access), Set.of("public.twice")).hash()).isEqualTo(plan.hash());
  }

  @Test
  void aPlanThatWasNotReviewedIsNotApplied() throws Exception {
    EnforcementPlan plan = service.plan(List.of(access), Set.of());
    assertThatThrownBy(() -> service.apply(plan, "another")).hasMessageContaining("reviewed");
  }

  @Test
  void keyedMasksAreNullAndThePlanSaysSo() throws Exception {
    EnforcementPlan plan = service.plan(List.of(access), Set.of());
    assertThat(plan.notes())
        .anySatisfy(
            note -> {
              assertThat(note.object()).isEqualTo("public.cards.iban");
              assertThat(note.message()).contains("key").contains("NULL");
            });
    assertThat(plan.notes())
        .anySatisfy(n -> assertThat(n.object()).isEqualTo("public.stored_calls"));
  }

  @Test
  void nobodyGetsALoginOverADatabaseThatChanged() throws Exception {
    run(administrator, List.of("GRANT SELECT ON people TO PUBLIC"));
    try {
      assertThat(broker.drift().none()).isFalse();
      assertThatThrownBy(() -> broker.issue(LeaseTerms.usual("ana", "")))
          .isInstanceOf(EnforcementProblem.class)
          .hasMessageContaining("people");
    } finally {
      run(administrator, List.of("REVOKE SELECT ON people FROM PUBLIC"));
    }
    assertThat(broker.drift().none()).isTrue();
  }

  @Test
  void revokingALeaseEndsItsSessions() throws Exception {
    Lease lease = broker.issue(LeaseTerms.usual("ana", ""));
    try (Connection connection = connect(lease)) {
      LeaseSweeper sweeper = new LeaseSweeper(broker, new Silent());
      assertThat(sweeper.revoke(lease.login())).isTrue();
      assertThatThrownBy(() -> connection.createStatement().executeQuery("SELECT 1"))
          .isInstanceOf(SQLException.class);
    }
    assertThatThrownBy(() -> connect(lease)).isInstanceOf(SQLException.class);
    assertThat(broker.outstanding()).noneMatch(known -> known.login().equals(lease.login()));
  }

  @Test
  void aLeaseThatRanOutIsSweptAwayEvenWhenItLeftSomethingBehind() throws Exception {
    Lease lease =
        broker.issue(new LeaseTerms("ana", "", Duration.ofSeconds(1), 2, Duration.ofSeconds(5)));
    try (Connection connection = connect(lease);
        Statement statement = connection.createStatement()) {
      statement.execute("SET default_transaction_read_only = off");
      statement.execute("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC");
    }
    LeaseSweeper sweeper = new LeaseSweeper(broker, new Silent());
    while (broker.outstanding().stream().anyMatch(known -> known.login().equals(lease.login()))) {
      assertThat(sweeper.sweep()).isZero();
    }
    assertThat(broker.drift().none()).isTrue();
  }

  @Test
  void theBrokersLoginCanReadNoTableAndMakeNoRole() throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                postgres.getJdbcUrl("sluice_shop_broker", "shop") + "&password=secret");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("SELECT * FROM public.people"))
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> statement.execute("SELECT * FROM sluice_public.people"))
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> statement.execute("CREATE ROLE another LOGIN"))
          .hasMessageContaining("permission denied");
      assertThatThrownBy(
              () ->
                  statement.execute(
                      "SELECT sluice_broker.issue('slu_a_00000000', 'x', 'pg_monitor', 9, 1, 1)"))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> statement.execute("SELECT sluice_broker.revoke('app')"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void aColumnThatIsGoneAndAForeignSchemaOfOursAreProblemsByName() throws Exception {
    Map<ColumnRef, MaskSpec> masks = new HashMap<>(access.masks());
    masks.put(new ColumnRef(new TableRef("public", "people"), "gone"), MaskSpec.redact());
    EnforcementPlan plan =
        service.plan(List.of(AccessProfile.everybody(masks, access.rowFilters())), Set.of());
    assertThat(plan.applicable()).isFalse();
    assertThat(plan.problems().getFirst().object()).isEqualTo("public.people.gone");
    assertThatThrownBy(() -> service.apply(plan, plan.hash()))
        .isInstanceOf(EnforcementProblem.class);
  }

  @Test
  void verifyingFindsNothingUntilSomebodyOpensATable() throws Exception {
    assertThat(service.verify(access, broker, PostgresqlRingTest::connect)).isEmpty();
    Lease lease = broker.issue(LeaseTerms.usual("ana", ""));
    run(administrator, List.of("GRANT SELECT ON people TO sluice_shop_reader"));
    try (Connection connection = connect(lease);
        Connection direct = administrator.getConnection()) {
      assertThat(new EnforcementProbe(service.facts(), access).findings(connection, direct))
          .anyMatch(finding -> finding.contains("public.people.mail"));
    } finally {
      run(administrator, List.of("REVOKE SELECT ON people FROM sluice_shop_reader"));
    }
    broker.revoke(lease.login());
  }

  @Test
  void theAuditNamesWhoReadsAroundSluiceAndWhatClosesIt() throws Exception {
    run(administrator, List.of("CREATE ROLE reporting LOGIN", "GRANT SELECT ON people TO app"));
    run(administrator, List.of("GRANT app TO reporting"));
    List<AccessFinding> findings = service.audit(List.of(access), Set.of());
    assertThat(findings).anyMatch(finding -> finding.name().equals("superuser:postgres"));
    AccessFinding grant =
        findings.stream()
            .filter(finding -> finding.name().equals("grant:public.people:app"))
            .findFirst()
            .orElseThrow();
    assertThat(grant.message()).contains("app").contains("reporting");
    run(administrator, List.of(grant.closing()));
    Set<String> accepted =
        Set.of("superuser:postgres", "definer:public.nid_of(integer):sluice_shop_former_public");
    assertThat(service.audit(List.of(access), accepted)).isEmpty();
  }

  /// Each way is opened, named by the audit, closed by the statement that the audit gives, and
  /// gone.
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "GRANT SELECT ON people TO PUBLIC",
        "GRANT SELECT (national_id), SELECT (mail), TRIGGER ON people TO around",
        "GRANT SELECT, TRIGGER ON people TO around",
        "GRANT TRIGGER ON people TO around",
        "GRANT pg_read_all_data TO around",
        "GRANT pg_read_server_files TO around",
        "GRANT pg_write_server_files TO around",
        "GRANT pg_execute_server_program TO around",
        "GRANT postgres TO around",
        "GRANT sluice_shop_views TO around",
        "ALTER ROLE around SUPERUSER",
        "CREATE ROLE slu_around LOGIN SUPERUSER",
        "ALTER ROLE around REPLICATION",
        "CREATE VIEW round_view AS SELECT * FROM people; GRANT SELECT ON round_view TO around",
        "CREATE FUNCTION round_function() RETURNS SETOF people LANGUAGE sql SECURITY DEFINER"
            + " AS 'SELECT * FROM people'",
      })
  void theStatementOfEachFindingClosesIt(String opening) throws Exception {
    Set<String> before = new TreeSet<>();
    run(administrator, List.of("CREATE ROLE around LOGIN"));
    try {
      service.audit(List.of(access), Set.of()).forEach(finding -> before.add(finding.name()));
      run(administrator, List.of(opening));
      List<AccessFinding> found = service.audit(List.of(access), before);
      assertThat(found).as(opening).isNotEmpty();
      for (AccessFinding finding : found) {
        run(administrator, List.of(finding.closing()));
      }
      assertThat(service.audit(List.of(access), before)).as(opening).isEmpty();
    } finally {
      run(
          administrator,
          List.of(
              "DROP VIEW IF EXISTS round_view",
              "DROP FUNCTION IF EXISTS round_function()",
              "DROP ROLE IF EXISTS slu_around",
              "DROP OWNED BY around",
              "DROP ROLE around"));
    }
  }

  @Test
  void plansOverMaskedViewsUseTheIndexesOfTheTable() throws Exception {
    Lease lease = broker.issue(LeaseTerms.usual("ana", ""));
    try (Connection connection = connect(lease);
        Statement statement = connection.createStatement()) {
      statement.execute("SET enable_seqscan = off");
      try (var result =
          statement.executeQuery(
              "EXPLAIN SELECT mail FROM staff s, people p WHERE p.id = 2 AND s.id = p.id")) {
        List<String> lines = new ArrayList<>();
        while (result.next()) {
          lines.add(result.getString(1));
        }
        assertThat(String.join("\n", lines)).contains("people_pkey");
      }
    }
    broker.revoke(lease.login());
  }

  private static List<String> rows() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = administrator.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : List.of("people", "cards", "staff", "visits", "parts", "log")) {
        try (var result =
            statement.executeQuery("SELECT t::text FROM " + table + " t ORDER BY 1")) {
          while (result.next()) {
            rows.add(result.getString(1));
          }
        }
      }
      try (var result = statement.executeQuery("SELECT count(*) FROM pg_largeobject_metadata")) {
        result.next();
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  private static final class Silent implements LeaseSweeper.Listener {
    @Override
    public void ended(String login, String reason) {}

    @Override
    public void failed(String object, EnforcementProblem problem) {}
  }
}
