package dev.sluice.gateway.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.TestPostgres;
import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionPool;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.connection.EngineProfile.Purpose;
import dev.sluice.gateway.connection.JdbcBackend;
import dev.sluice.gateway.connection.UnpinnedDataSource;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stands between a result and a person when the prediction was wrong, and every kind of cell.
class ResultGuardsTest {

  private static final BoundedParserWorker WORKER = BoundedParserWorker.standard();
  private static final LocalCore CORE = LocalCore.of(WORKER);

  private static final String POLICY =
      """
      version: 1
      connections: [{name: shop, environment: production, owner: tests}]
      classifications:
        - {tag: pii.any, columns: ["oddities.a*"]}
      masks:
        pii.any: {algorithm: redact, uses: deny}
      rules:
        - {id: all-read, when: statement.reads_only, effect: allow}
      """;

  @TempDir static Path folder;

  @AfterAll
  static void stop() {
    WORKER.close();
  }

  private interface Change {
    void between(Statement statement) throws SQLException;
  }

  private record Seen(ExecutionOutcome outcome, List<String> labels, List<String> cells) {}

  private static final class Collector implements ResultReceiver {
    private final List<String> labels = new ArrayList<>();
    private final List<String> cells = new ArrayList<>();

    @Override
    public void columns(List<Column> columns) {
      columns.forEach(column -> labels.add(column.label()));
    }

    @Override
    public void rows(List<@Nullable Object[]> rows) {
      for (@Nullable Object[] row : rows) {
        for (Object cell : row) {
          cells.add(
              cell instanceof byte[] bytes
                  ? new String(bytes, StandardCharsets.UTF_8)
                  : String.valueOf(cell));
        }
      }
    }
  }

  /// Decides, lets the database change, then runs what was decided.
  private static Seen run(ConnectionPool pool, String sql, Connection administrator, Change change)
      throws Exception {
    Dialect engine = pool.definition().engine();
    ReadyPolicy policy = ReadyPolicy.read(POLICY, "policy", EngineParts.none());
    CatalogSnapshot catalog = CatalogReader.of(engine).read(administrator);
    Decision decision =
        policy
            .engine()
            .decide(
                new DecisionRequest(
                    CORE.analyzer().analyze(StatementText.of(sql), engine, catalog),
                    catalog,
                    new Actor.Person(
                        new Principal("local", "ada", null, "Ada", Set.of(), Set.of())),
                    new ConnectionContext("shop", "production", engine, "direct", Map.of()),
                    Instant.EPOCH,
                    "cli",
                    "",
                    false,
                    0,
                    List.of(),
                    Optional.empty()));
    assertThat(decision).as(decision.proof().reason()).isInstanceOf(Decision.Allow.class);
    try (Statement statement = administrator.createStatement()) {
      change.between(statement);
    }
    Collector collector = new Collector();
    try (JdbcBackend backend = JdbcBackend.open(pool)) {
      ExecutionOutcome outcome =
          CORE.executor()
              .execute(
                  new ExecutionRequest(
                      ((Decision.Allow) decision).permit(),
                      catalog,
                      column -> policy.sights().classified("shop", column),
                      MaskKeys.none()),
                  backend,
                  collector,
                  new Cancellation());
      return new Seen(outcome, collector.labels, collector.cells);
    }
  }

  private static Seen onPostgres(String sql, Change change, String... schema) throws Exception {
    ConnectionDefinition definition = TestPostgres.database("guards", schema);
    try (ConnectionPool pool = TestPostgres.pool(definition, Purpose.READ);
        Connection administrator = TestPostgres.raw(definition)) {
      return run(pool, sql, administrator, change);
    }
  }

  private static void refused(Seen seen, String incident) {
    assertThat(seen.cells()).isEmpty();
    assertThat(seen.labels()).isEmpty();
    assertThat(seen.outcome())
        .isInstanceOfSatisfying(
            ExecutionOutcome.Failed.class,
            failed ->
                assertThat(failed.incidents())
                    .extracting(Incident::code)
                    .containsExactly(incident));
  }

  @Test
  void arraysCompositesDocumentsAndBytesAreMaskedLikeText() throws Exception {
    Seen seen =
        onPostgres(
            "SELECT * FROM oddities",
            statement -> {},
            "CREATE TYPE pair AS (left_one text, right_one text)",
            "CREATE DOMAIN short_text AS varchar(40)",
            "CREATE TYPE mood AS ENUM ('planted', 'calm')",
            "CREATE TABLE oddities (id int, a1 text[], a2 pair, a3 jsonb, a4 bytea, a5 xml,"
                + " a6 short_text, a7 mood, a8 inet, a9 uuid, a10 numeric, a11 date, a12 interval,"
                + " a13 int4range, a14 boolean, a15 timestamptz, a16 pair[], a17 time)",
            "INSERT INTO oddities VALUES (1, '{planted}', '(planted,planted)', '{\"k\":"
                + " \"planted\"}', 'planted', '<a>planted</a>', 'planted', 'planted',"
                + " '10.99.99.1', '99999999-9999-4999-8999-999999999999', 99999, '1999-09-09',"
                + " '99 days', '[99,999)', true, '1999-09-09 09:09:09+00',"
                + " ARRAY[ROW('planted','planted')::pair], '09:09:09')");
    assertThat(seen.outcome()).isInstanceOf(ExecutionOutcome.Completed.class);
    assertThat(seen.cells()).hasSize(18);
    assertThat(String.join(" ", seen.cells()))
        .doesNotContain("planted")
        .doesNotContain("99")
        .doesNotContain("true");
  }

  @Test
  void aColumnThatChangedItsTypeIsNotShown() throws Exception {
    Seen seen =
        onPostgres(
            "SELECT body FROM notes",
            statement -> {
              statement.execute("DROP TABLE notes");
              statement.execute("CREATE TABLE notes (id int, body numeric)");
              statement.execute("INSERT INTO notes VALUES (1, 5)");
            },
            "CREATE TABLE notes (id int, body text)");
    refused(seen, "type-not-as-planned");
  }

  @Test
  void aViewThatCameToMeanMoreIsNotShown() throws Exception {
    Seen seen =
        onPostgres(
            "SELECT * FROM calm",
            statement -> {
              statement.execute("DROP VIEW calm");
              statement.execute("CREATE VIEW calm AS SELECT id, a1 AS body FROM oddities");
            },
            "CREATE TABLE oddities (id int, body text, a1 text)",
            "INSERT INTO oddities VALUES (1, 'calm', 'planted')",
            "CREATE VIEW calm AS SELECT id FROM oddities");
    if (seen.outcome() instanceof ExecutionOutcome.Failed) {
      refused(seen, "width-not-as-planned");
    } else {
      assertThat(seen.labels()).containsExactly("id");
    }
    assertThat(seen.cells().toString()).doesNotContain("planted");
  }

  @Test
  void aPivotHasAsManyColumnsAsItFindsAndNoLabelIsACard() throws Exception {
    Path file = folder.resolve("pivot.duckdb");
    ConnectionDefinition definition =
        ConnectionDefinition.file("shop", Dialect.DUCKDB, file.toString());
    try (Connection administrator =
        new UnpinnedDataSource(definition, DatabaseLogin.none()).getConnection()) {
      try (Statement statement = administrator.createStatement()) {
        statement.execute("CREATE TABLE visits (who INTEGER, state VARCHAR, fee INTEGER)");
        statement.execute(
            "INSERT INTO visits VALUES (1, 'done', 5), (1, 'missed', 7),"
                + " (2, '4111 1111 1111 1111', 9)");
      }
      try (ConnectionPool pool =
          new ConnectionPool(
              definition, DatabaseLogin.none(), Purpose.READ, 2, Duration.ofSeconds(5))) {
        Seen seen =
            run(
                pool,
                "PIVOT visits ON state USING sum(fee) GROUP BY who",
                administrator,
                statement -> {});
        assertThat(seen.labels()).containsExactlyInAnyOrder("who", "done", "missed", "[hidden]");
        assertThat(seen.cells()).contains("5", "7", "9");
        assertThat(((ExecutionOutcome.Completed) seen.outcome()).incidents())
            .extracting(Incident::code)
            .containsExactly("value-shape");
      }
    }
  }
}
