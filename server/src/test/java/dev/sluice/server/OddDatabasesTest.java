package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.enforcement.AccessProfile;
import dev.sluice.governance.enforcement.EnforcementPlan;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.server.enforcement.EnforcementProblem;
import dev.sluice.server.enforcement.EnforcementService;
import dev.sluice.server.enforcement.Lease;
import dev.sluice.server.enforcement.LeaseBroker;
import dev.sluice.server.enforcement.LeaseTerms;
import dev.sluice.server.enforcement.MariadbLeaseBroker;
import dev.sluice.server.enforcement.MariadbServer;
import dev.sluice.server.enforcement.PostgresqlLeaseBroker;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// Databases as people really have them, and what goes wrong between a plan and its end.
@Tag("slow")
class OddDatabasesTest {

  private static final String LONG = "l".repeat(63);
  private static MariadbServer mariadb;

  @AfterAll
  static void stop() throws Exception {
    if (mariadb != null) {
      mariadb.close();
    }
  }

  private static MariadbServer mariadb() throws Exception {
    if (mariadb == null) {
      mariadb = new MariadbServer();
    }
    return mariadb;
  }

  /// A database under test, as its administrator.
  private record Odd(Dialect dialect, String name, DataSource administrator) {

    static Odd postgresql() {
      String name =
          "odd" + Ids.next().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "").substring(0, 10);
      GovernedShop.running().execute("CREATE DATABASE " + name);
      return new Odd(Dialect.POSTGRESQL, name, source(name, "postgres", "postgres"));
    }

    static Odd mariadb(String name) throws Exception {
      OddDatabasesTest.mariadb().administrator("CREATE DATABASE " + name + " CHARSET utf8mb4");
      return new Odd(
          Dialect.MARIADB,
          name,
          new MariaDbDataSource(
              OddDatabasesTest.mariadb().url(name) + "?user=admin&password=admin"));
    }

    static DataSource source(String database, String user, String password) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(
          "jdbc:postgresql://127.0.0.1:" + GovernedShop.running().port() + "/" + database);
      source.setUser(user);
      source.setPassword(password);
      return source;
    }

    void run(List<String> statements) throws SQLException {
      try (Connection connection = administrator.getConnection();
          Statement statement = connection.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      }
    }

    EnforcementService service() throws EnforcementProblem {
      return new EnforcementService(dialect, administrator, ParserWorker.onCallerThread());
    }

    LeaseBroker broker(EnforcementPlan plan) {
      return dialect == Dialect.POSTGRESQL
          ? new PostgresqlLeaseBroker(administrator, plan.names(), new SecureRandom())
          : new MariadbLeaseBroker(administrator, plan.names(), new SecureRandom());
    }

    Connection connect(Lease lease) throws SQLException {
      return dialect == Dialect.POSTGRESQL
          ? source(name, lease.login(), lease.password()).getConnection()
          : DriverManager.getConnection(
              mariadb.url("sluice_" + name), lease.login(), lease.password());
    }

    /// Everything that a plan may touch, as the administrator sees it.
    String everything() throws SQLException {
      String sql =
          dialect == Dialect.POSTGRESQL
              ? "SELECT coalesce(string_agg(line, chr(10) ORDER BY line COLLATE \"C\"), '') FROM ("
                  + "SELECT format('%s %s %s %s', n.nspname, c.relname, c.relkind,"
                  + " coalesce((SELECT string_agg(a::text, ',' ORDER BY a::text) FROM"
                  + " unnest(c.relacl) a WHERE a::text !~ ('^(' || pg_get_userbyid(c.relowner) ||"
                  + " ')=')), '')) AS line FROM pg_class c JOIN pg_namespace n ON n.oid ="
                  + " c.relnamespace WHERE n.nspname !~ '^pg_toast'"
                  + " UNION ALL SELECT format('schema %s %s', nspname, (SELECT"
                  + " string_agg(a::text, ',' ORDER BY a::text) FROM unnest(nspacl) a WHERE"
                  + " a::text !~ ('^(' || pg_get_userbyid(nspowner) || ')='))) FROM pg_namespace"
                  + " WHERE nspname !~ '^pg_toast' AND nspname !~ '^pg_temp'"
                  + " UNION ALL SELECT format('role %s', rolname) FROM pg_roles WHERE rolname LIKE"
                  + " 'sluice_' || current_database() || '%' OR rolname LIKE 'slu\\_odd%'"
                  + " UNION ALL SELECT format('function %s %s', oid::regprocedure, proacl) FROM"
                  + " pg_proc WHERE pronamespace = 'public'::regnamespace) AS all_of_it"
              : "SELECT GROUP_CONCAT(line ORDER BY line SEPARATOR ' ; ') FROM (SELECT"
                  + " CONCAT(TABLE_SCHEMA, '.', TABLE_NAME, ' ', TABLE_TYPE) AS line FROM"
                  + " information_schema.TABLES WHERE TABLE_SCHEMA LIKE '%"
                  + name
                  + "%' UNION ALL SELECT CONCAT('routine ', ROUTINE_SCHEMA, '.', ROUTINE_NAME) FROM"
                  + " information_schema.ROUTINES WHERE ROUTINE_SCHEMA LIKE '%"
                  + name
                  + "%' UNION ALL SELECT CONCAT('account ', User, Host) FROM mysql.user WHERE User"
                  + " LIKE 'slu%"
                  + name
                  + "%' UNION ALL SELECT CONCAT('database ', SCHEMA_NAME) FROM"
                  + " information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE '%"
                  + name
                  + "%') AS all_of_it";
      try (Connection connection = administrator.getConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        row.next();
        return String.valueOf(row.getString(1));
      }
    }
  }

  private static final List<String> POSTGRESQL =
      List.of(
          "CREATE SCHEMA \"Group By\"",
          "CREATE TABLE \"order\" (\"select\" int PRIMARY KEY, \"from\" text)",
          "INSERT INTO \"order\" VALUES (1, 'zqplant@a.test')",
          "CREATE TABLE \"Group By\".\"We\"\"ird $1; -- \" (id int, \"a\"\"b'c\" text)",
          "INSERT INTO \"Group By\".\"We\"\"ird $1; -- \" VALUES (1, 'zqplant')",
          "CREATE TABLE \"zażółć 表 😀\" (id int, \"ключ\" text)",
          "INSERT INTO \"zażółć 表 😀\" VALUES (1, 'zqplant')",
          "CREATE TABLE " + LONG + " (" + LONG + " text)",
          "INSERT INTO " + LONG + " VALUES ('zqplant')",
          "CREATE TABLE wide ("
              + IntStream.range(0, 1599)
                  .mapToObj(i -> "c" + i + " int")
                  .collect(Collectors.joining(", "))
              + ", mail text)",
          "INSERT INTO wide (c0, mail) VALUES (1, 'zqplant@a.test')",
          "CREATE DOMAIN mail AS varchar(80) CHECK (VALUE LIKE '%@%')",
          "CREATE TYPE mood AS ENUM ('zqplant_sad', 'ok')",
          "CREATE TABLE base (id int GENERATED ALWAYS AS IDENTITY, m mail, feeling mood,"
              + " list text[], low text GENERATED ALWAYS AS (lower(secret)) STORED, secret text)",
          "INSERT INTO base (m, feeling, list, secret) VALUES ('zqplant@a.test', 'zqplant_sad',"
              + " '{zqplant}', 'zqplant')",
          "CREATE TABLE child (more text) INHERITS (base)",
          "CREATE TABLE parts (id int, region text, secret text) PARTITION BY LIST (region)",
          "CREATE TABLE parts_eu PARTITION OF parts FOR VALUES IN ('eu') PARTITION BY RANGE (id)",
          "CREATE TABLE parts_eu_1 PARTITION OF parts_eu FOR VALUES FROM (0) TO (100)",
          "INSERT INTO parts VALUES (1, 'eu', 'zqplant')",
          "CREATE VIEW v1 AS SELECT id, secret AS s, m FROM base",
          "CREATE VIEW v2 AS SELECT id, upper(s) AS t, m FROM v1 WHERE s IS NOT NULL",
          "CREATE VIEW \"V 3\" AS SELECT v2.t, p.secret AS other FROM v2 JOIN parts p ON p.id ="
              + " v2.id",
          "CREATE MATERIALIZED VIEW kept AS SELECT * FROM v2");

  private static Map<ColumnRef, MaskSpec> postgresqlMasks() {
    Map<ColumnRef, MaskSpec> masks = new HashMap<>();
    masks.put(column("public", "order", "from"), MaskSpec.of("email"));
    masks.put(column("Group By", "We\"ird $1; -- ", "a\"b'c"), MaskSpec.redact());
    masks.put(column("public", "zażółć 表 😀", "ключ"), MaskSpec.redact());
    masks.put(column("public", LONG, LONG), MaskSpec.redact());
    masks.put(column("public", "wide", "mail"), MaskSpec.of("email"));
    masks.put(column("public", "base", "m"), MaskSpec.of("email"));
    for (String name : List.of("feeling", "list", "secret")) {
      masks.put(column("public", "base", name), MaskSpec.redact());
    }
    masks.put(column("public", "parts", "secret"), MaskSpec.redact());
    return masks;
  }

  private static final List<String> MARIADB =
      List.of(
          "CREATE TABLE `order` (`select` INT PRIMARY KEY, `from` VARCHAR(60))",
          "INSERT INTO `order` VALUES (1, 'zqplant@a.test')",
          "CREATE TABLE `We``ird $1; -- x` (id INT, `a``b'c` TEXT)",
          "INSERT INTO `We``ird $1; -- x` VALUES (1, 'zqplant')",
          "CREATE TABLE `zażółć 表` (id INT, `ключ` TEXT)",
          "INSERT INTO `zażółć 表` VALUES (1, 'zqplant')",
          "CREATE TABLE " + LONG + "m (" + LONG + "m TEXT)",
          "INSERT INTO " + LONG + "m VALUES ('zqplant')",
          "CREATE TABLE wide ("
              + IntStream.range(0, 1999)
                  .mapToObj(i -> "c" + i + " TINYINT")
                  .collect(Collectors.joining(", "))
              + ", mail TEXT) ENGINE = Aria",
          "INSERT INTO wide (c0, mail) VALUES (1, 'zqplant@a.test')",
          "CREATE TABLE base (id INT PRIMARY KEY AUTO_INCREMENT, m VARCHAR(80), feeling"
              + " ENUM('zqplant_sad', 'ok'), secret VARCHAR(40), low VARCHAR(40) AS"
              + " (LOWER(secret)) STORED, shape GEOMETRY, doc JSON, bits BIT(8))",
          "INSERT INTO base (m, feeling, secret) VALUES ('zqplant@a.test', 'zqplant_sad',"
              + " 'zqplant')",
          "CREATE TABLE parts (id INT, secret VARCHAR(40)) PARTITION BY HASH (id) PARTITIONS 3",
          "INSERT INTO parts VALUES (1, 'zqplant')",
          "CREATE TABLE history (id INT, secret VARCHAR(40)) WITH SYSTEM VERSIONING",
          "INSERT INTO history VALUES (1, 'zqplant')",
          "CREATE SEQUENCE numbers",
          "CREATE VIEW v1 AS SELECT id, secret AS s, m FROM base",
          "CREATE VIEW v2 AS SELECT id, UPPER(s) AS t, m FROM v1 WHERE s IS NOT NULL",
          "CREATE VIEW `V 3` AS SELECT v2.t, p.secret AS other FROM v2 JOIN parts p ON p.id ="
              + " v2.id");

  private static Map<ColumnRef, MaskSpec> mariadbMasks(String database) {
    Map<ColumnRef, MaskSpec> masks = new HashMap<>();
    masks.put(column(database, "order", "from"), MaskSpec.of("email"));
    masks.put(column(database, "We`ird $1; -- x", "a`b'c"), MaskSpec.redact());
    masks.put(column(database, "zażółć 表", "ключ"), MaskSpec.redact());
    masks.put(column(database, LONG + "m", LONG + "m"), MaskSpec.redact());
    masks.put(column(database, "wide", "mail"), MaskSpec.of("email"));
    masks.put(column(database, "base", "m"), MaskSpec.of("email"));
    masks.put(column(database, "base", "feeling"), MaskSpec.redact());
    masks.put(column(database, "base", "secret"), MaskSpec.redact());
    masks.put(column(database, "parts", "secret"), MaskSpec.redact());
    masks.put(column(database, "history", "secret"), MaskSpec.redact());
    return masks;
  }

  private static ColumnRef column(String schema, String table, String name) {
    return new ColumnRef(new TableRef(schema, table), name);
  }

  @Test
  void oddTablesOfPostgresqlAreMaskedAppliedTwiceAndGivenBackExactly() throws Exception {
    Odd odd = Odd.postgresql();
    odd.run(POSTGRESQL);
    cycle(
        odd,
        postgresqlMasks(),
        List.of(
            "\"order\"",
            "\"Group By\".\"We\"\"ird $1; -- \"",
            "\"sluice_Group By\".\"We\"\"ird $1; -- \"",
            "\"zażółć 表 😀\"",
            LONG,
            "wide",
            "base",
            "child",
            "parts",
            "parts_eu",
            "parts_eu_1",
            "v1",
            "v2",
            "\"V 3\"",
            "kept"),
        8);
  }

  @Test
  void oddTablesOfMariadbAreMaskedAppliedTwiceAndGivenBackExactly() throws Exception {
    Odd odd = Odd.mariadb("odd_one");
    odd.run(MARIADB);
    cycle(
        odd,
        mariadbMasks("odd_one"),
        List.of(
            "`order`",
            "`We``ird $1; -- x`",
            "`zażółć 表`",
            LONG + "m",
            "wide",
            "base",
            "parts",
            "history",
            "history FOR SYSTEM_TIME ALL",
            "v1",
            "v2",
            "`V 3`",
            "odd_one.base"),
        11);
  }

  private static void cycle(
      Odd odd, Map<ColumnRef, MaskSpec> masks, List<String> relations, int readable)
      throws Exception {
    String before = odd.everything();
    EnforcementService service = odd.service();
    AccessProfile access = AccessProfile.everybody(masks, Map.of());
    EnforcementPlan plan = service.plan(List.of(access), Set.of());
    assertThat(plan.problems()).isEmpty();
    service.apply(plan, plan.hash());
    String applied = odd.everything();
    EnforcementPlan again = service.plan(List.of(access), Set.of());
    assertThat(again.problems()).isEmpty();
    service.apply(again, again.hash());
    assertThat(odd.everything()).isEqualTo(applied);
    LeaseBroker broker = odd.broker(plan);
    assertThat(broker.drift().summary()).isEmpty();
    assertThat(service.verify(access, broker, odd::connect)).isEmpty();
    Lease lease = broker.issue(LeaseTerms.usual("odd", ""));
    List<String> read = new ArrayList<>();
    for (String relation : relations) {
      try (Connection connection = odd.connect(lease);
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT * FROM " + relation)) {
        int width = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int column = 1; column <= width; column++) {
            assertThat(String.valueOf(rows.getString(column)).toLowerCase(Locale.ROOT))
                .as(relation)
                .doesNotContain("zqplant");
          }
        }
        read.add(relation);
      } catch (SQLException refused) {
        assertThat(String.valueOf(refused.getMessage())).as(relation).doesNotContain("zqplant");
      }
    }
    assertThat(read).hasSizeGreaterThanOrEqualTo(readable);
    broker.revoke(lease.login());
    service.rollback();
    assertThat(odd.everything()).isEqualTo(before);
    service.rollback();
    assertThat(odd.everything()).isEqualTo(before);
  }

  @Test
  void aColumnDroppedBetweenPlanAndApplyIsNamedAndNothingIsApplied() throws Exception {
    for (Odd odd : List.of(Odd.postgresql(), Odd.mariadb("odd_dropped"))) {
      odd.run(List.of("CREATE TABLE people (id INT, mail VARCHAR(60), city VARCHAR(20))"));
      String schema = odd.dialect() == Dialect.POSTGRESQL ? "public" : odd.name();
      EnforcementService service = odd.service();
      EnforcementPlan plan =
          service.plan(
              List.of(
                  AccessProfile.everybody(
                      Map.of(column(schema, "people", "mail"), MaskSpec.of("email")), Map.of())),
              Set.of());
      odd.run(List.of("ALTER TABLE people DROP COLUMN mail"));
      String before = odd.everything();
      assertThatThrownBy(() -> service.apply(plan, plan.hash()))
          .isInstanceOf(EnforcementProblem.class)
          .hasMessageContaining("changed since the plan was made");
      assertThat(odd.everything()).isEqualTo(before);
    }
  }

  @Test
  void whoMayNotApplyIsToldSoAndNothingIsApplied() throws Exception {
    Odd postgresql = Odd.postgresql();
    postgresql.run(
        List.of(
            "CREATE TABLE people (id INT, mail VARCHAR(60))",
            "CREATE ROLE " + postgresql.name() + "_dba LOGIN CREATEROLE PASSWORD 'dba'"));
    Odd mariadb = Odd.mariadb("odd_rights");
    mariadb.run(
        List.of(
            "CREATE TABLE people (id INT, mail VARCHAR(60))",
            "CREATE USER odd_dba@'%' IDENTIFIED BY 'dba'",
            "GRANT ALL ON odd_rights.* TO odd_dba@'%'",
            "GRANT SELECT ON mysql.* TO odd_dba@'%'"));
    for (Odd odd : List.of(postgresql, mariadb)) {
      boolean first = odd == postgresql;
      DataSource weak =
          first
              ? Odd.source(odd.name(), odd.name() + "_dba", "dba")
              : new MariaDbDataSource(mariadb().url(odd.name()) + "?user=odd_dba&password=dba");
      EnforcementService service =
          new EnforcementService(odd.dialect(), weak, ParserWorker.onCallerThread());
      String before = odd.everything();
      EnforcementPlan plan =
          service.plan(
              List.of(
                  AccessProfile.everybody(
                      Map.of(
                          column(first ? "public" : odd.name(), "people", "mail"),
                          MaskSpec.of("email")),
                      Map.of())),
              Set.of());
      assertThat(plan.problems()).isNotEmpty();
      assertThat(plan.problems().getFirst().wayOut()).startsWith("Apply the plan ");
      assertThatThrownBy(() -> service.apply(plan, plan.hash()))
          .isInstanceOf(EnforcementProblem.class);
      assertThat(odd.everything()).isEqualTo(before);
    }
  }

  @Test
  void whatIsThereUnderOurNamesButNotOursIsAProblemByName() throws Exception {
    Odd postgresql = Odd.postgresql();
    postgresql.run(
        List.of(
            "CREATE TABLE people (id INT, mail VARCHAR(60))",
            "CREATE ROLE " + postgresql.name() + "_other",
            "CREATE SCHEMA sluice_public AUTHORIZATION " + postgresql.name() + "_other"));
    Odd table = Odd.mariadb("odd_table");
    table.run(
        List.of(
            "CREATE TABLE people (id INT, mail VARCHAR(60))",
            "CREATE DATABASE sluice_odd_table",
            "CREATE TABLE sluice_odd_table.people (id INT)"));
    Odd account = Odd.mariadb("odd_account");
    account.run(
        List.of(
            "CREATE TABLE people (id INT, mail VARCHAR(60))",
            "CREATE USER sluice_odd_account_broker@'%' IDENTIFIED BY 'theirs'"));
    for (Odd odd : List.of(postgresql, table, account)) {
      String schema = odd.dialect() == Dialect.POSTGRESQL ? "public" : odd.name();
      EnforcementService service = odd.service();
      String before = odd.everything();
      EnforcementPlan plan =
          service.plan(
              List.of(
                  AccessProfile.everybody(
                      Map.of(column(schema, "people", "mail"), MaskSpec.of("email")), Map.of())),
              Set.of());
      assertThat(plan.problems()).as(odd.name()).isNotEmpty();
      assertThat(plan.problems().getFirst().object()).contains("sluice_");
      assertThatThrownBy(() -> service.apply(plan, plan.hash()))
          .isInstanceOf(EnforcementProblem.class);
      assertThat(odd.everything()).isEqualTo(before);
    }
  }
}
