package dev.sluice.bench;

import dev.sluice.gateway.connection.AdministrationPool;
import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionDefinition.Transport;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.enforcement.AccessProfile;
import dev.sluice.governance.enforcement.EnforcementPlan;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.server.enforcement.EnforcementService;
import dev.sluice.server.enforcement.Lease;
import dev.sluice.server.enforcement.LeaseTerms;
import dev.sluice.server.enforcement.PostgresqlLeaseBroker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// `sluice bench enforce`: leases, and masked views beside their tables, on a real PostgreSQL.
///
/// The same login reads both: with the views in its search path, and as the owner of the tables. A
/// table with masked columns only, and one that a row filter cuts (all rows pass, so that both read
/// the same rows).
final class EnforceBench {

  private static final String LEASES = "A lease on PostgreSQL, beyond the login itself";
  private static final String RATIOS = "Masked views beside their tables, time of the view / table";
  private static final String PLANS = "Plans through masked views: 1 is the table's, 0 is another";

  /// Query and what it is, over `people` and `orders`.
  private static final String[][] QUERIES = {
    {"scan", "SELECT count(*) FROM %s WHERE amount >= 0", "a whole scan"},
    {"masked", "SELECT count(email) FROM %s WHERE id <= 500", "500 rows and their masked column"},
    {"lookup", "SELECT id, city, email FROM %s WHERE id = 777", "one row by its key"},
    {"range", "SELECT count(*) FROM %s WHERE id BETWEEN 1000 AND 3000", "a range of keys"},
    {
      "join",
      "SELECT count(*) FROM %s p JOIN orders o ON o.person = p.id WHERE o.id BETWEEN 1 AND 5000",
      "a join over keys"
    }
  };

  private static final String[][] PREDICATES = {
    {"int", "id = 777"},
    {"numeric", "amount = 77.7"},
    {"text", "city LIKE 'Bel%'"},
    {"timestamp", "seen > timestamp '2026-01-01 00:00:00' + interval '115 days'"}
  };

  private final boolean full;
  private final Consumer<String> said;
  private final List<Figure> figures = new ArrayList<>();

  EnforceBench(boolean full, Consumer<String> said) {
    this.full = full;
    this.said = said;
  }

  List<Figure> run() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
      said.accept("making tables of 200,000 and 400,000 rows");
      make(server);
      AccessProfile access = access();
      EnforcementService service =
          new EnforcementService(
              Dialect.POSTGRESQL,
              server.getDatabase("postgres", "postgres"),
              ParserWorker.onCallerThread());
      EnforcementPlan plan = service.plan(List.of(access), Set.of());
      service.apply(plan, plan.hash());
      service.setBrokerPassword("secret");
      ConnectionDefinition definition =
          ConnectionDefinition.server(
              "bench",
              Dialect.POSTGRESQL,
              "127.0.0.1",
              server.getPort(),
              "postgres",
              Transport.NONE);
      try (AdministrationPool pool =
          new AdministrationPool(
              definition, new DatabaseLogin("bench", plan.names().broker(), "secret"), 4)) {
        PostgresqlLeaseBroker broker =
            new PostgresqlLeaseBroker(pool, plan.names(), new SecureRandom());
        leases(server, pool, broker, access);
        views(server, broker, access);
      }
    }
    return List.copyOf(figures);
  }

  private static void make(EmbeddedPostgres server) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : List.of("people", "filtered")) {
        statement.execute(
            "CREATE TABLE "
                + table
                + " AS SELECT i AS id, 'person.' || i || '@example.test' AS email,"
                + " (ARRAY['Belgrade','Lyon','Porto','Turin','Gdansk','Leeds'])[1 + i % 6] || i %"
                + " 500 AS city, (i * 31 % 1000000)::numeric / 10 AS amount, timestamp '2026-01-01'"
                + " + i * interval '50 seconds' AS seen FROM generate_series(1, 200000) i");
        statement.execute("ALTER TABLE " + table + " ADD PRIMARY KEY (id)");
        statement.execute("CREATE INDEX ON " + table + " (amount)");
        statement.execute("CREATE INDEX ON " + table + " (city text_pattern_ops)");
        statement.execute("CREATE INDEX ON " + table + " (seen)");
      }
      statement.execute(
          "CREATE TABLE orders AS SELECT i AS id, 1 + i % 200000 AS person FROM"
              + " generate_series(1, 400000) i");
      statement.execute("ALTER TABLE orders ADD PRIMARY KEY (id)");
      statement.execute("VACUUM ANALYZE");
    }
  }

  private static AccessProfile access() {
    TableRef people = new TableRef("public", "people");
    TableRef filtered = new TableRef("public", "filtered");
    return AccessProfile.everybody(
        Map.of(
            new ColumnRef(people, "email"), MaskSpec.of("email"),
            new ColumnRef(filtered, "email"), MaskSpec.of("email")),
        Map.of(filtered, List.of("amount >= 0")));
  }

  private void leases(
      EmbeddedPostgres server,
      AdministrationPool pool,
      PostgresqlLeaseBroker broker,
      AccessProfile access)
      throws Exception {
    said.accept("measuring leases");
    int count = full ? 600 : 100;
    double[] issue = new double[count];
    double[] login = new double[count];
    double[] end = new double[count];
    for (int i = -30; i < count; i++) {
      long start = System.nanoTime();
      Lease lease = broker.issue(LeaseTerms.usual("bench", access.name()));
      long issued = System.nanoTime();
      try (Connection connection = connect(server, lease)) {
        connection.isValid(1);
      }
      long used = System.nanoTime();
      broker.revoke(lease.login());
      if (i >= 0) {
        issue[i] = (issued - start) / 1e6;
        login[i] = (used - issued) / 1e6;
        end[i] = (System.nanoTime() - used) / 1e6;
      }
    }
    add(LEASES, "lease.issue.p50", "issue, p50", at(issue, 0.5), "ms").atMost(15);
    add(LEASES, "lease.issue.p99", "issue, p99", at(issue, 0.99), "ms");
    add(LEASES, "lease.login.p50", "the login itself, p50", at(login, 0.5), "ms");
    add(LEASES, "lease.end.p50", "end: sessions ended, role dropped, p50", at(end, 0.5), "ms");
    double[] look = new double[count];
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < count; i++) {
        long start = System.nanoTime();
        statement.execute("SELECT length(sluice_broker.state())");
        look[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    add(LEASES, "lease.drift.p50", "of it looking whether anything changed", at(look, 0.5), "ms");
  }

  private void views(EmbeddedPostgres server, PostgresqlLeaseBroker broker, AccessProfile access)
      throws Exception {
    Lease lease = broker.issue(LeaseTerms.usual("bench", access.name()));
    try (Connection leased = connect(server, lease);
        Connection owner = server.getPostgresDatabase().getConnection()) {
      for (String table : List.of("people", "filtered")) {
        String kind = table.equals("people") ? "masks only" : "with a row filter";
        for (String[] query : QUERIES) {
          said.accept("measuring " + query[2] + ", " + kind);
          String sql = String.format(query[1], table);
          double view = milliseconds(leased, sql);
          double base = milliseconds(owner, sql);
          add(RATIOS, "view." + table + "." + query[0], query[2] + ", " + kind, view / base, "");
        }
      }
      for (String table : List.of("people", "filtered")) {
        for (String[] predicate : PREDICATES) {
          String sql = "SELECT id FROM " + table + " WHERE " + predicate[1];
          String words =
              predicate[0]
                  + (table.equals("people") ? ", no row filter" : ", behind a row filter")
                  + ": "
                  + scan(leased, sql);
          double same = scan(leased, sql).equals(scan(owner, sql)) ? 1 : 0;
          Figure figure = Figure.of(PLANS, "plan." + table + "." + predicate[0], words, same, "");
          figures.add(table.equals("people") ? figure.atLeast(1) : figure);
        }
      }
    } finally {
      broker.revoke(lease.login());
    }
  }

  /// The kinds of scan in a plan.
  static String scan(Connection connection, String sql) throws SQLException {
    List<String> scans = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet plan = statement.executeQuery("EXPLAIN (COSTS OFF) " + sql)) {
      while (plan.next()) {
        String line = plan.getString(1).replaceAll("^[ ->]*", "");
        if (line.contains("Scan")) {
          scans.add(line.replaceAll(" (using|on) .*", ""));
        }
      }
    }
    return String.join(" over ", scans);
  }

  private double milliseconds(Connection connection, String sql) throws SQLException {
    int count = full ? 40 : 7;
    double[] took = new double[count];
    try (Statement statement = connection.createStatement()) {
      for (int i = -2; i < count; i++) {
        long start = System.nanoTime();
        try (ResultSet rows = statement.executeQuery(sql)) {
          while (rows.next()) {
            rows.getObject(1);
          }
        }
        if (i >= 0) {
          took[i] = (System.nanoTime() - start) / 1e6;
        }
      }
    }
    return at(took, 0.5);
  }

  private static Connection connect(EmbeddedPostgres server, Lease lease) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
        lease.login(),
        lease.password());
  }

  private static double at(double[] values, double part) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  }

  private Adding add(String group, String name, String words, double value, String unit) {
    figures.add(Figure.of(group, name, words, value, unit));
    return target -> figures.set(figures.size() - 1, figures.getLast().atMost(target));
  }

  private interface Adding {
    void atMost(double target);
  }
}
