package dev.sluice.proof.trino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.connection.ConnectionPool;
import dev.sluice.gateway.connection.ConnectionUrls;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.connection.EngineProfile.Purpose;
import dev.sluice.gateway.connection.JdbcBackend;
import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.gateway.execution.Backend;
import dev.sluice.gateway.execution.BackendFailure;
import dev.sluice.gateway.execution.BackendRequest;
import dev.sluice.gateway.execution.Cancellation;
import dev.sluice.gateway.execution.ExecutionOutcome;
import dev.sluice.gateway.execution.ExecutionRequest;
import dev.sluice.gateway.execution.ResultReceiver;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.schema.CatalogReader;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.RelationKind;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.masking.MaskKeys;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.DecisionRequest;
import dev.sluice.governance.policy.EngineParts;
import dev.sluice.governance.sql.AtSourceRewriter;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementText;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real Trino with TPC-H data, through the same core and the same road as every other database.
@Tag("proof")
class TrinoTest {

  private static final BoundedParserWorker WORKER = BoundedParserWorker.standard();
  private static final LocalCore CORE = LocalCore.of(WORKER);

  private static final String POLICY =
      """
      version: 1
      connections: [{name: lake, environment: production, owner: tests}]
      classifications:
        - {tag: pii.phone, columns: [tiny.customer.phone, memory.default.people.phone]}
        - {tag: pii.name, columns: [customer.name, people.name]}
        - {tag: hidden, columns: [supplier.phone]}
      masks:
        pii.phone: {algorithm: keep-last, count: 4, uses: deny}
        pii.name: {algorithm: keep-first, count: 1, uses: at-source}
        hidden: {algorithm: redact, uses: deny}
      row-filters:
        - {id: one-nation, table: tiny.supplier, who: "true", filter: "nationkey = 3"}
      rules:
        - {id: no-parts, when: '"tpch.tiny.part" in statement.tables', effect: block, message: Not here.}
        - {id: ask, when: '"tpch.tiny.orders" in statement.tables', effect: require-approval,
           approvers: {any-of: [group:owners], quorum: 1, decide-within: 8h, use-within: 1h, executions: 1}}
        - {id: all-read, when: statement.reads_only, effect: allow, limits: {rows: 2000000, seconds: 60}}
      """;

  private static final String ODD_TEXTS =
      "CREATE TABLE odd AS SELECT id, v, CAST(v AS char(12)) AS c FROM (VALUES (1, ''), (2, 'a'),"
          + " (3, 'ab'), (4, 'abc'), (5, 'jo@ha.no'), (6, 'jo@mail.example.org'), (7, '@'),"
          + " (8, 'a@b'), (9, 'a@b@c.de'), (10, '.'), (11, 'a.b.c'), (12, 'größe@ü.de'),"
          + " (13, U&'\\+01F600\\+01F601\\+01F602x'), (14, '  two  words  '), (15, NULL),"
          + " (16, '0123456789012345')) AS t (id, v)";

  @TempDir static Path folder;

  private static TrinoServer started;
  private static ConnectionPool pool;
  private static CatalogSnapshot catalog;
  private static ReadyPolicy policy;

  @BeforeAll
  static void start() throws Exception {
    started =
        TrinoServer.start(
            folder.resolve("trino.log"),
            "CREATE TABLE people AS SELECT custkey AS id, name, phone, acctbal AS balance"
                + " FROM tpch.tiny.customer",
            ODD_TEXTS,
            "CREATE VIEW short_names AS SELECT name FROM people",
            "CREATE VIEW full_names AS SELECT name, phone FROM memory.default.people");
    pool =
        new ConnectionPool(
            ConnectionUrls.parse("lake", "jdbc:trino://127.0.0.1:" + started.port() + "/tpch/tiny")
                .definition(),
            new DatabaseLogin("test", "ada", ""),
            Purpose.READ,
            3,
            Duration.ofSeconds(20));
    Connection session = pool.borrow();
    catalog = CatalogReader.of(Dialect.TRINO).read(session);
    pool.giveBack(session);
    policy =
        ReadyPolicy.read(
            POLICY, "policy", EngineParts.none().withRewriter(AtSourceRewriter.standard(WORKER)));
  }

  @AfterAll
  static void stop() {
    pool.close();
    WORKER.close();
    started.close();
  }

  private static Decision decide(String sql) {
    return decide(policy, sql);
  }

  private static Decision decide(ReadyPolicy policy, String sql) {
    return policy
        .engine()
        .decide(
            new DecisionRequest(
                CORE.analyzer().analyze(StatementText.of(sql), Dialect.TRINO, catalog),
                catalog,
                new Actor.Person(new Principal("local", "ada", null, "Ada", Set.of(), Set.of())),
                new ConnectionContext("lake", "production", Dialect.TRINO, "direct", Map.of()),
                Instant.EPOCH,
                "cli",
                "",
                false,
                0,
                List.of(),
                Optional.empty()));
  }

  private static final class Rows implements ResultReceiver {
    private final List<List<String>> rows = new ArrayList<>();
    private final Cancellation cancellation = new Cancellation();
    private long count;
    private long cancelAt = Long.MAX_VALUE;
    private int kept = 10_000;

    @Override
    public void columns(List<Column> columns) {}

    @Override
    public void rows(List<@Nullable Object[]> more) {
      for (@Nullable Object[] row : more) {
        count++;
        if (rows.size() < kept) {
          List<String> cells = new ArrayList<>();
          for (Object cell : row) {
            cells.add(String.valueOf(cell));
          }
          rows.add(cells);
        }
      }
      if (count >= cancelAt) {
        cancelAt = Long.MAX_VALUE;
        cancellation.cancel();
      }
    }

    List<String> column(int index) {
      return rows.stream().map(row -> row.get(index)).toList();
    }
  }

  private static ExecutionOutcome run(String sql, Rows rows) throws BackendFailure {
    return run(policy, sql, rows);
  }

  private static ExecutionOutcome run(ReadyPolicy policy, String sql, Rows rows)
      throws BackendFailure {
    Decision decision = decide(policy, sql);
    assertThat(decision).as(decision.proof().reason()).isInstanceOf(Decision.Allow.class);
    try (JdbcBackend backend = JdbcBackend.open(pool)) {
      return CORE.executor()
          .execute(
              new ExecutionRequest(
                  ((Decision.Allow) decision).permit(),
                  catalog,
                  column -> policy.sights().classified("lake", column),
                  MaskKeys.none()),
              backend,
              rows,
              rows.cancellation);
    }
  }

  private static Rows read(String sql) throws BackendFailure {
    Rows rows = new Rows();
    ExecutionOutcome outcome = run(sql, rows);
    assertThat(outcome).as("%s", outcome).isInstanceOf(ExecutionOutcome.Completed.class);
    return rows;
  }

  private static String denied(String sql) {
    Decision decision = decide(sql);
    assertThat(decision).as(sql).isInstanceOf(Decision.Deny.class);
    return decision.proof().reason();
  }

  @Test
  void everyCatalogIsReadAndKnowsItsSchemas() {
    assertThat(catalog.searchPath()).containsExactly("tpch.tiny");
    assertThat(catalog.find(new TableRef("tpch.tiny", "customer")).orElseThrow().columns())
        .hasSize(8);
    assertThat(catalog.find(new TableRef("tpch.sf1", "lineitem"))).isPresent();
    assertThat(catalog.find(new TableRef("memory.default", "full_names")).orElseThrow().kind())
        .isEqualTo(RelationKind.VIEW);
    assertThat(catalog.relations())
        .noneMatch(relation -> relation.ref().schema().startsWith("system."))
        .noneMatch(relation -> relation.ref().schema().endsWith("information_schema"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT phone FROM customer ORDER BY custkey LIMIT 5",
        "SELECT phone FROM tiny.customer ORDER BY custkey LIMIT 5",
        "SELECT phone FROM tpch.tiny.customer ORDER BY custkey LIMIT 5",
        "SELECT tpch.tiny.customer.phone FROM tpch.tiny.customer ORDER BY custkey LIMIT 5",
        "SELECT \"c\".\"phone\" FROM \"tpch\".\"tiny\".\"customer\" c ORDER BY custkey LIMIT 5",
        "SELECT upper(phone) FROM customer ORDER BY custkey LIMIT 5",
        "WITH c AS (SELECT * FROM customer) SELECT phone FROM c ORDER BY custkey LIMIT 5",
        "SELECT phone FROM memory.default.people ORDER BY id LIMIT 5",
        "SELECT phone FROM memory.default.full_names LIMIT 5",
      })
  void aMaskedColumnIsMaskedHoweverItsTableIsNamed(String sql) throws Exception {
    assertThat(read(sql).column(0))
        .hasSize(5)
        .allMatch(cell -> cell.matches("[*]{11}\\d{4}|\\[redacted]"));
  }

  @Test
  void anotherSchemaOfTheSameTableIsNotMeant() throws Exception {
    assertThat(read("SELECT phone FROM sf1.customer LIMIT 3").column(0))
        .allMatch(cell -> cell.matches("\\d\\d-\\d{3}-\\d{3}-\\d{4}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM memory.default.short_names",
        "SELECT * FROM system.runtime.queries",
        "SELECT * FROM system.metadata.catalogs",
        "SELECT * FROM TABLE(system.query(query => 'SELECT 1'))",
        "SELECT * FROM nowhere.tiny.customer",
        "SELECT * FROM TABLE(sequence(1, 3))",
        "WITH FUNCTION f(x integer) RETURNS integer RETURN x + 1 SELECT f(1)",
        "SELECT count(*) FROM customer WHERE phone LIKE '2%'",
        "SELECT custkey FROM customer ORDER BY phone",
        "EXECUTE IMMEDIATE 'SELECT phone FROM customer'",
        "PREPARE p FROM SELECT phone FROM customer",
        "CALL system.runtime.kill_query('x', 'y')",
        "SET SESSION query_max_run_time = '1s'",
        "USE memory.default",
        "SHOW STATS FOR customer",
        "CREATE TABLE memory.default.copy AS SELECT * FROM customer",
        "SELECT * FROM part",
      })
  void whatCannotBeGovernedIsDenied(String sql) {
    assertThat(denied(sql)).isNotBlank();
  }

  @Test
  void whatNeedsApprovalWaits() {
    assertThat(decide("SELECT * FROM orders")).isInstanceOf(Decision.NeedsApproval.class);
    assertThat(decide("SELECT * FROM tpch.tiny.orders")).isInstanceOf(Decision.NeedsApproval.class);
  }

  @Test
  void aConditionOnAMaskedColumnIsAskedOfItsMask() throws Exception {
    assertThat(read("SELECT count(*) FROM customer WHERE name = 'Customer#000000001'").column(0))
        .containsExactly("0");
    assertThat(read("SELECT count(*) FROM customer WHERE name = 'C*****************'").column(0))
        .containsExactly("1500");
  }

  /// What Trino computes where a condition asks for the masked value, and what the gateway shows.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "algorithm: redact",
        "algorithm: nullify",
        "algorithm: keep-first, count: 1",
        "algorithm: keep-first, count: 3",
        "algorithm: keep-last, count: 2",
        "algorithm: keep-both, first: 1, last: 1",
        "algorithm: email",
        "algorithm: email, keep-domain: true",
        "algorithm: fixed, value: gone",
        "algorithm: range, show: ['2-3', '5-5']",
      })
  void aMaskComputedByTrinoIsTheCoresMask(String mask) throws Exception {
    for (String column : List.of("v", "c")) {
      Rows gateway = new Rows();
      run(
          masking(mask, "allow"),
          "SELECT " + column + " FROM memory.default.odd ORDER BY id",
          gateway);
      Rows atSource = new Rows();
      run(
          masking(mask, "at-source"),
          "SELECT %1$s FROM memory.default.odd WHERE coalesce(%1$s, '') <> 'zzz' ORDER BY id"
              .formatted(column),
          atSource);
      assertThat(gateway.count).isEqualTo(16);
      assertThat(atSource.column(0)).as(column).isEqualTo(gateway.column(0));
    }
  }

  private static ReadyPolicy masking(String mask, String uses) throws Exception {
    return ReadyPolicy.read(
        """
        version: 1
        connections: [{name: lake, environment: production, owner: tests}]
        classifications:
          - {tag: odd, columns: [odd.v, odd.c]}
        masks:
          odd: {%s, uses: %s}
        rules:
          - {id: all-read, when: statement.reads_only, effect: allow}
        """
            .formatted(mask, uses),
        "policy",
        EngineParts.none().withRewriter(AtSourceRewriter.standard(WORKER)));
  }

  @Test
  void rowsThatAFilterHidesAreNotSeen() throws Exception {
    assertThat(read("SELECT DISTINCT nationkey FROM supplier").column(0)).containsExactly("3");
    assertThat(read("SELECT DISTINCT nationkey FROM tpch.tiny.supplier s").column(0))
        .containsExactly("3");
    // Tried on a hidden row, the division would fail and tell that the row is there.
    assertThat(read("SELECT 1 / (nationkey - 3 + 1) FROM tiny.supplier").count).isPositive();
  }

  @Test
  void aLongResultStreamsMasked() throws Exception {
    Rows rows = new Rows();
    ExecutionOutcome outcome =
        run(
            "SELECT o.orderkey, c.phone FROM sf1.orders o CROSS JOIN customer c LIMIT 1000000",
            rows);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            ExecutionOutcome.Completed.class,
            completed -> {
              assertThat(completed.rows()).isEqualTo(1_000_000);
              assertThat(completed.firstRow()).isLessThan(completed.total());
            });
    assertThat(rows.column(1)).allMatch(cell -> cell.startsWith("***********"));
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void aRunningQueryIsCancelled() throws Exception {
    Rows rows = new Rows();
    rows.cancelAt = 1;
    ExecutionOutcome outcome =
        run("SELECT a.orderkey FROM sf1.orders a CROSS JOIN sf1.orders b LIMIT 1500000", rows);
    assertThat(outcome).isInstanceOf(ExecutionOutcome.Cancelled.class);
    assertThat(read("SELECT 1").column(0)).containsExactly("1");
  }

  @Test
  void aSessionForReadsCannotWrite() throws Exception {
    try (JdbcBackend backend = JdbcBackend.open(pool)) {
      assertThat(failure(backend, "CREATE TABLE memory.default.sneaked (id integer)").getMessage())
          .contains("read-only");
    }
    assertThat(names()).doesNotContain("sneaked");
  }

  private static BackendFailure failure(Backend backend, String sql) {
    try {
      backend
          .execute(
              new BackendRequest(
                  sql, BackendRequest.Mode.READ, Optional.of(Duration.ofSeconds(20)), 100, -1))
          .close();
    } catch (BackendFailure e) {
      return e;
    }
    throw new AssertionError("It ran: " + sql);
  }

  private static Set<String> names() throws Exception {
    return Set.copyOf(
        read("SELECT table_name FROM memory.information_schema.tables").column(0).stream()
            .collect(Collectors.toSet()));
  }

  @Test
  void whatTrinoSaysOfAClassifiedColumnIsWithheld() throws Exception {
    ExecutionOutcome outcome =
        run("SELECT CAST(substr(comment, 1, 9) AS integer), phone FROM customer", new Rows());
    assertThat(outcome)
        .isInstanceOfSatisfying(
            ExecutionOutcome.Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo("database-error");
              assertThat(failed.message()).contains("withheld").doesNotContain("Cannot cast");
            });
  }
}
