package dev.sluice.gateway.execution;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.sluice.governance.policy.Permit;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The whole road below the window, on real databases with values that must never come out.
class GovernedExecutorTest {

  private static final BoundedParserWorker WORKER = BoundedParserWorker.standard();
  private static final LocalCore CORE = LocalCore.of(WORKER);

  private static final String POLICY =
      """
      version: 1
      connections: [{name: shop, environment: production, owner: tests}]
      classifications:
        - {tag: pii.email, columns: [people.mail]}
        - {tag: pii.id, columns: [people.code]}
      masks:
        pii.email: {algorithm: email, uses: deny}
        pii.id: {algorithm: redact, uses: deny}
      rules:
        - {id: all-read, when: statement.reads_only, effect: allow, limits: {rows: 3}}
        - {id: inserts, when: 'statement.effects.exists(e, e.kind == "INSERT")', effect: allow}
      """;

  private static final String[] SCHEMA = {
    "CREATE TABLE people (id INTEGER PRIMARY KEY, name VARCHAR(40), mail VARCHAR(80) UNIQUE,"
        + " code VARCHAR(20))",
    "INSERT INTO people VALUES (1, 'Ada', 'planted.ada@leak.test', 'PLANTED-1'),"
        + " (2, 'Bo', 'planted.bo@leak.test', 'PLANTED-2')",
    "CREATE TABLE notes (id INTEGER PRIMARY KEY, body VARCHAR(200))",
    "INSERT INTO notes VALUES (1, 'call back'), (2, 'card 4111 1111 1111 1111 please'),"
        + " (3, 'three'), (4, 'four'), (5, 'five')",
    "CREATE VIEW contacts AS SELECT id, mail AS address FROM people"
  };

  @TempDir static Path folder;

  private static int number;

  @AfterAll
  static void stop() {
    WORKER.close();
  }

  enum Engine {
    POSTGRESQL(Dialect.POSTGRESQL),
    SQLITE(Dialect.SQLITE),
    DUCKDB(Dialect.DUCKDB);

    private final Dialect dialect;

    Engine(Dialect dialect) {
      this.dialect = dialect;
    }

    ConnectionDefinition create() throws SQLException {
      if (this == POSTGRESQL) {
        return TestPostgres.database("executor", SCHEMA);
      }
      Path file = folder.resolve("shop" + ++number + "." + dialect.id());
      try (Connection connection =
              DriverManager.getConnection("jdbc:" + dialect.id() + ":" + file);
          Statement statement = connection.createStatement()) {
        for (String text : SCHEMA) {
          statement.execute(text);
        }
      }
      return ConnectionDefinition.file("shop", dialect, file.toString());
    }

    ConnectionPool pool(ConnectionDefinition definition, Purpose purpose) {
      return this == POSTGRESQL
          ? TestPostgres.pool(definition, purpose)
          : new ConnectionPool(definition, DatabaseLogin.none(), purpose, 2, Duration.ofSeconds(5));
    }
  }

  /// What a person would see.
  private record Seen(
      ExecutionOutcome outcome, List<ResultReceiver.Column> columns, List<Object[]> rows) {
    String everything() {
      StringBuilder text = new StringBuilder(outcome.toString());
      columns.forEach(column -> text.append(column.label()));
      rows.forEach(row -> text.append(Arrays.toString(row)));
      return text.toString();
    }
  }

  private static final class Collector implements ResultReceiver {
    private final List<Column> columns = new ArrayList<>();
    private final List<Object[]> rows = new ArrayList<>();

    @Override
    public void columns(List<Column> shape) {
      columns.addAll(shape);
    }

    @Override
    public void rows(List<@Nullable Object[]> more) {
      rows.addAll(more);
    }
  }

  private static Decision decide(
      Engine engine, CatalogSnapshot catalog, ReadyPolicy policy, String sql) {
    Actor ada = new Actor.Person(new Principal("local", "ada", null, "Ada", Set.of(), Set.of()));
    return policy
        .engine()
        .decide(
            new DecisionRequest(
                CORE.analyzer().analyze(StatementText.of(sql), engine.dialect, catalog),
                catalog,
                ada,
                new ConnectionContext("shop", "production", engine.dialect, "direct", Map.of()),
                Instant.EPOCH,
                "cli",
                "",
                false,
                0,
                List.of(),
                Optional.empty()));
  }

  private static Permit permit(Decision decision) {
    assertThat(decision).as(decision.proof().reason()).isInstanceOf(Decision.Allow.class);
    return ((Decision.Allow) decision).permit();
  }

  private static Seen run(Engine engine, String sql) throws Exception {
    ConnectionDefinition definition = engine.create();
    ReadyPolicy policy = ReadyPolicy.read(POLICY, "policy", EngineParts.none());
    try (ConnectionPool pool = engine.pool(definition, Purpose.WRITE)) {
      CatalogSnapshot catalog = catalog(engine, pool);
      Permit permit = permit(decide(engine, catalog, policy, sql));
      return run(pool, permit, catalog, policy);
    }
  }

  private static CatalogSnapshot catalog(Engine engine, ConnectionPool pool) throws SQLException {
    Connection connection = pool.borrow();
    try {
      return CatalogReader.of(engine.dialect).read(connection);
    } finally {
      pool.giveBack(connection);
    }
  }

  private static Seen run(
      ConnectionPool pool, Permit permit, CatalogSnapshot catalog, ReadyPolicy policy)
      throws BackendFailure {
    Collector collector = new Collector();
    try (JdbcBackend backend = JdbcBackend.open(pool)) {
      ExecutionOutcome outcome =
          CORE.executor()
              .execute(
                  new ExecutionRequest(
                      permit,
                      catalog,
                      column -> policy.sights().classified("shop", column),
                      MaskKeys.none()),
                  backend,
                  collector,
                  new Cancellation());
      return new Seen(outcome, collector.columns, collector.rows);
    }
  }

  private static void nothingPlanted(Seen seen) {
    assertThat(seen.everything()).doesNotContainIgnoringCase("planted").doesNotContain("leak.test");
  }

  @ParameterizedTest
  @EnumSource
  void masksWhateverWayAValueTakes(Engine engine) throws Exception {
    for (String sql :
        List.of(
            "SELECT * FROM people",
            "SELECT mail AS name FROM people",
            "SELECT upper(x.m) FROM (SELECT mail AS m FROM people) x",
            "SELECT address FROM contacts",
            "SELECT name FROM people UNION ALL SELECT code FROM people",
            "SELECT max(code), count(mail) FROM people",
            "SELECT CASE WHEN code > 'M' THEN 'yes' ELSE 'no' END FROM people")) {
      Seen seen = run(engine, sql);
      assertThat(seen.outcome()).as(sql).isInstanceOf(ExecutionOutcome.Completed.class);
      assertThat(seen.columns()).as(sql).anyMatch(column -> column.mask().isPresent());
      nothingPlanted(seen);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPermitRunsOnce(Engine engine) throws Exception {
    ConnectionDefinition definition = engine.create();
    ReadyPolicy policy = ReadyPolicy.read(POLICY, "policy", EngineParts.none());
    try (ConnectionPool pool = engine.pool(definition, Purpose.READ)) {
      CatalogSnapshot catalog = catalog(engine, pool);
      Permit permit = permit(decide(engine, catalog, policy, "SELECT id FROM people"));
      assertThat(run(pool, permit, catalog, policy).outcome())
          .isInstanceOf(ExecutionOutcome.Completed.class);
      Seen second = run(pool, permit, catalog, policy);
      assertThat(second.outcome())
          .isInstanceOfSatisfying(
              ExecutionOutcome.Failed.class,
              failed -> assertThat(failed.code()).isEqualTo("permit-used"));
      assertThat(second.rows()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void limitsCutAndSaySo(Engine engine) throws Exception {
    Seen seen = run(engine, "SELECT id FROM notes ORDER BY id");
    assertThat(seen.rows()).hasSize(3);
    assertThat(seen.outcome())
        .isInstanceOfSatisfying(
            ExecutionOutcome.Completed.class,
            completed -> assertThat(completed.truncated()).isTrue());
  }

  @ParameterizedTest
  @EnumSource
  void aCardInTextThatNoMaskCoversIsHiddenAndReported(Engine engine) throws Exception {
    Seen seen = run(engine, "SELECT body FROM notes WHERE id = 2");
    assertThat(seen.everything()).doesNotContain("4111");
    assertThat(((ExecutionOutcome.Completed) seen.outcome()).incidents())
        .singleElement()
        .satisfies(incident -> assertThat(incident.code()).isEqualTo("value-shape"));
  }

  @ParameterizedTest
  @EnumSource
  void aViolatedConstraintDoesNotNameItsValue(Engine engine) throws Exception {
    Seen seen =
        run(engine, "INSERT INTO people (id, name, mail) VALUES (9, 'x', 'planted.bo@leak.test')");
    assertThat(seen.outcome())
        .isInstanceOfSatisfying(
            ExecutionOutcome.Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo("database-error");
              assertThat(failed.message()).contains("withheld");
            });
    nothingPlanted(seen);
  }

  @ParameterizedTest
  @EnumSource
  void anAllowedChangeLasts(Engine engine) throws Exception {
    Seen seen = run(engine, "INSERT INTO notes (id, body) VALUES (6, 'six')");
    assertThat(seen.outcome())
        .isInstanceOfSatisfying(
            ExecutionOutcome.Completed.class,
            completed -> assertThat(completed.updateCount()).isEqualTo(1));
  }

  /// SQLite names the base table of a result column even through a view.
  @Test
  void aNameThatCameToMeanAClassifiedColumnIsCaughtByItsOrigin() throws Exception {
    Engine engine = Engine.SQLITE;
    ConnectionDefinition definition = engine.create();
    ReadyPolicy policy = ReadyPolicy.read(POLICY, "policy", EngineParts.none());
    try (ConnectionPool pool = engine.pool(definition, Purpose.READ)) {
      CatalogSnapshot catalog = catalog(engine, pool);
      Permit permit = permit(decide(engine, catalog, policy, "SELECT body FROM notes"));
      try (Connection connection =
              DriverManager.getConnection("jdbc:sqlite:" + definition.database());
          Statement statement = connection.createStatement()) {
        statement.execute("DROP TABLE notes");
        statement.execute("CREATE VIEW notes AS SELECT id, mail AS body FROM people");
      }
      Seen seen = run(pool, permit, catalog, policy);
      assertThat(seen.outcome())
          .isInstanceOfSatisfying(
              ExecutionOutcome.Failed.class,
              failed ->
                  assertThat(failed.incidents())
                      .singleElement()
                      .satisfies(
                          incident ->
                              assertThat(incident.code()).isEqualTo("origin-not-as-planned")));
      assertThat(seen.rows()).isEmpty();
      nothingPlanted(seen);
    }
  }
}
