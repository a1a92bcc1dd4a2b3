package dev.sluice.gateway.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.TestPostgres;
import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionPool;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.connection.EngineProfile.Purpose;
import dev.sluice.gateway.connection.JdbcBackend;
import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.schema.CatalogReader;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.masking.MaskKeys;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.DecisionRequest;
import dev.sluice.governance.policy.EngineParts;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementText;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Results long enough to be read ahead, on real databases.
@Timeout(120)
class LongResultsTest {

  private static final int ROWS = 20_000;

  private static final String POLICY =
      """
      version: 1
      connections: [{name: shop, environment: test, owner: tests}]
      classifications: [{tag: pii.email, columns: [long_list.mail]}]
      masks: {pii.email: {algorithm: email}}
      rules:
        - {id: most, when: 'request.origin == "cut" && statement.reads_only', effect: allow, limits: {rows: 5000}}
        - {id: all, when: statement.reads_only, effect: allow}
      """;

  private static final BoundedParserWorker WORKER = BoundedParserWorker.standard();
  private static final LocalCore CORE = LocalCore.of(WORKER);

  @TempDir static Path folder;

  private static ConnectionPool pool;
  private static CatalogSnapshot catalog;
  private static ReadyPolicy policy;

  @BeforeAll
  static void fill() throws Exception {
    ConnectionDefinition definition =
        TestPostgres.database(
            "long",
            "CREATE TABLE long_list (id integer PRIMARY KEY, mail text)",
            "INSERT INTO long_list SELECT i, 'planted.' || i || '@leak.test'"
                + " FROM generate_series(1, "
                + ROWS
                + ") i");
    pool = TestPostgres.pool(definition, Purpose.READ);
    policy = ReadyPolicy.read(POLICY, "policy", EngineParts.none());
    Connection connection = pool.borrow();
    try {
      catalog = CatalogReader.of(Dialect.POSTGRESQL).read(connection);
    } finally {
      pool.giveBack(connection);
    }
  }

  @AfterAll
  static void stop() {
    pool.close();
    WORKER.close();
  }

  /// Takes rows, and does something when it has so many.
  private static final class Taker implements ResultReceiver {
    private final List<Object[]> rows = new ArrayList<>();
    private final int at;
    private final Runnable then;

    Taker(int at, Runnable then) {
      this.at = at;
      this.then = then;
    }

    @Override
    public void columns(List<Column> columns) {
      assertThat(columns).hasSize(2);
    }

    @Override
    public void rows(List<@Nullable Object[]> more) {
      boolean before = rows.size() < at;
      rows.addAll(more);
      if (before && rows.size() >= at) {
        then.run();
      }
    }
  }

  private static ExecutionOutcome run(
      JdbcBackend backend, String sql, String origin, Taker taker, Cancellation cancellation) {
    return run(Dialect.POSTGRESQL, catalog, backend, sql, origin, taker, cancellation);
  }

  private static ExecutionOutcome run(
      Dialect engine,
      CatalogSnapshot catalog,
      JdbcBackend backend,
      String sql,
      String origin,
      Taker taker,
      Cancellation cancellation) {
    Decision decision =
        policy
            .engine()
            .decide(
                new DecisionRequest(
                    CORE.analyzer().analyze(StatementText.of(sql), engine, catalog),
                    catalog,
                    new Actor.Person(
                        new Principal("local", "ada", null, "Ada", Set.of(), Set.of())),
                    new ConnectionContext("shop", "test", engine, "direct", Map.of()),
                    Instant.EPOCH,
                    origin,
                    "",
                    false,
                    0,
                    List.of(),
                    Optional.empty()));
    assertThat(decision).as(decision.proof().reason()).isInstanceOf(Decision.Allow.class);
    return CORE.executor()
        .execute(
            new ExecutionRequest(
                ((Decision.Allow) decision).permit(),
                catalog,
                column -> policy.sights().classified("shop", column),
                MaskKeys.none()),
            backend,
            taker,
            cancellation);
  }

  private static void maskedInOrder(List<Object[]> rows) {
    assertThat(rows.stream().map(row -> row[0] + " " + row[1]).toList())
        .isEqualTo(
            IntStream.rangeClosed(1, rows.size()).mapToObj(id -> id + " p***@l***.test").toList());
  }

  /// The session is as good as before: nobody else reads from it.
  private static void isFree(JdbcBackend backend) {
    Taker taker = new Taker(0, () -> {});
    assertThat(
            run(
                backend,
                "SELECT id, mail FROM long_list WHERE id = 1",
                "cli",
                taker,
                new Cancellation()))
        .isInstanceOf(ExecutionOutcome.Completed.class);
    assertThat(taker.rows).hasSize(1);
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("sluice-rows")))
        .isEmpty();
  }

  @Test
  void everyRowComesOnceMaskedAndInOrder() throws Exception {
    Taker taker = new Taker(0, () -> {});
    try (JdbcBackend backend = JdbcBackend.open(pool)) {
      ExecutionOutcome outcome =
          run(
              backend,
              "SELECT id, mail FROM long_list ORDER BY id",
              "cli",
              taker,
              new Cancellation());
      assertThat(outcome)
          .isInstanceOfSatisfying(
              ExecutionOutcome.Completed.class,
              completed -> assertThat(completed.rows()).isEqualTo(ROWS));
      assertThat(taker.rows).hasSize(ROWS);
      maskedInOrder(taker.rows);
      isFree(backend);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "DUCKDB"})
  void filesAreReadAheadToo(Dialect engine) throws Exception {
    ConnectionDefinition definition = file(engine);
    try (ConnectionPool files =
        new ConnectionPool(
            definition, DatabaseLogin.none(), Purpose.READ, 2, Duration.ofSeconds(5))) {
      Connection connection = files.borrow();
      CatalogSnapshot found;
      try {
        found = CatalogReader.of(engine).read(connection);
      } finally {
        files.giveBack(connection);
      }
      for (String origin : List.of("cli", "cut")) {
        Taker taker = new Taker(0, () -> {});
        try (JdbcBackend backend = JdbcBackend.open(files)) {
          ExecutionOutcome outcome =
              run(
                  engine,
                  found,
                  backend,
                  "SELECT id, mail FROM long_list ORDER BY id",
                  origin,
                  taker,
                  new Cancellation());
          assertThat(outcome).isInstanceOf(ExecutionOutcome.Completed.class);
        }
        assertThat(taker.rows).hasSize(origin.equals("cut") ? 5000 : ROWS);
        maskedInOrder(taker.rows);
      }
    }
  }

  private static ConnectionDefinition file(Dialect engine) throws SQLException {
    Path file = folder.resolve("long." + engine.id());
    try (Connection connection = DriverManager.getConnection("jdbc:" + engine.id() + ":" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE long_list (id integer PRIMARY KEY, mail varchar(40))");
      statement.execute(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
              + ROWS
              + ") INSERT INTO long_list SELECT i, 'planted.' || i || '@leak.test' FROM n");
    }
    return ConnectionDefinition.file("shop", engine, file.toString());
  }

  @Test
  void aLimitCutsAtItsRowAndSaysSo() throws Exception {
    Taker taker = new Taker(0, () -> {});
    try (JdbcBackend backend = JdbcBackend.open(pool)) {
      ExecutionOutcome outcome =
          run(
              backend,
              "SELECT id, mail FROM long_list ORDER BY id",
              "cut",
              taker,
              new Cancellation());
      assertThat(outcome)
          .isInstanceOfSatisfying(
              ExecutionOutcome.Completed.class,
              completed -> assertThat(completed.truncated()).isTrue());
      assertThat(taker.rows).hasSize(5000);
      maskedInOrder(taker.rows);
      isFree(backend);
    }
  }

  @Test
  void aFailureInTheMiddleIsTheOutcomeAndTellsNoValue() throws Exception {
    Taker taker = new Taker(0, () -> {});
    try (JdbcBackend backend = JdbcBackend.open(pool)) {
      ExecutionOutcome outcome =
          run(
              backend,
              "SELECT id / (12345 - id) AS share, mail FROM long_list ORDER BY id",
              "cli",
              taker,
              new Cancellation());
      assertThat(outcome)
          .isInstanceOfSatisfying(
              ExecutionOutcome.Failed.class,
              failed -> assertThat(failed.code()).isEqualTo("database-error"));
      assertThat(outcome.toString()).doesNotContain("planted").doesNotContain("leak.test");
      assertThat(taker.rows).hasSizeGreaterThan(1000).hasSizeLessThan(12345);
      isFree(backend);
    }
  }

  @Test
  void itStopsWhenItIsCancelled() throws Exception {
    Cancellation cancellation = new Cancellation();
    Taker taker = new Taker(3000, cancellation::cancel);
    try (JdbcBackend backend = JdbcBackend.open(pool)) {
      ExecutionOutcome outcome =
          run(backend, "SELECT id, mail FROM long_list ORDER BY id", "cli", taker, cancellation);
      assertThat(outcome).isInstanceOf(ExecutionOutcome.Cancelled.class);
      assertThat(taker.rows).hasSizeBetween(3000, 3600);
      maskedInOrder(taker.rows);
    }
  }

  @Test
  void itStopsWhenItsTakerFails() throws Exception {
    Taker taker =
        new Taker(
            3000,
            () -> {
              throw new IllegalStateException("full");
            });
    try (JdbcBackend backend = JdbcBackend.open(pool)) {
      assertThatThrownBy(
              () ->
                  run(
                      backend,
                      "SELECT id, mail FROM long_list ORDER BY id",
                      "cli",
                      taker,
                      new Cancellation()))
          .hasMessage("full");
      isFree(backend);
    }
  }
}
