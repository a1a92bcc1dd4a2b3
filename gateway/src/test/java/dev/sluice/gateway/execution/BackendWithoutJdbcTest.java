package dev.sluice.gateway.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.TestPostgres;
import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.schema.SchemaScript;
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
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The executor needs no JDBC: a backend that speaks a database's own protocol is governed alike.
class BackendWithoutJdbcTest {

  private static final String SCHEMA =
      "CREATE TABLE people (id int PRIMARY KEY, name varchar(40), mail varchar(80))";

  private static final String POLICY =
      """
      version: 1
      connections: [{name: shop, environment: production, owner: tests}]
      classifications: [{tag: pii.email, columns: [people.mail]}]
      masks: {pii.email: {algorithm: email, uses: deny}}
      rules:
        - {id: all-read, when: statement.reads_only, effect: allow, limits: {rows: 2}}
        - {id: inserts, when: 'statement.effects.exists(e, e.kind == "INSERT")', effect: allow}
      """;

  private static final BoundedParserWorker WORKER = BoundedParserWorker.standard();
  private static final LocalCore CORE = LocalCore.of(WORKER);
  private static final CatalogSnapshot CATALOG =
      SchemaScript.read(SCHEMA, Dialect.POSTGRESQL, CORE.analyzer(), "public").catalog();
  private static ConnectionDefinition database;

  @BeforeAll
  static void create() throws Exception {
    database =
        TestPostgres.database(
            "wire",
            SCHEMA,
            "INSERT INTO people SELECT n, 'Person ' || n, 'planted' || n || '@leak.test'"
                + " FROM generate_series(1, 500) n");
  }

  @AfterAll
  static void stop() {
    WORKER.close();
  }

  private record Seen(ExecutionOutcome outcome, List<@Nullable Object[]> rows) {}

  private static Seen run(String sql, Cancellation cancellation) throws Exception {
    ReadyPolicy policy = ReadyPolicy.read(POLICY, "policy", EngineParts.none());
    Decision decision =
        policy
            .engine()
            .decide(
                new DecisionRequest(
                    CORE.analyzer().analyze(StatementText.of(sql), Dialect.POSTGRESQL, CATALOG),
                    CATALOG,
                    new Actor.Person(
                        new Principal("local", "ada", null, "Ada", Set.of(), Set.of())),
                    new ConnectionContext(
                        "shop", "production", Dialect.POSTGRESQL, "direct", Map.of()),
                    Instant.EPOCH,
                    "cli",
                    "",
                    false,
                    0,
                    List.of(),
                    Optional.empty()));
    assertThat(decision).as(decision.proof().reason()).isInstanceOf(Decision.Allow.class);
    List<@Nullable Object[]> rows = new ArrayList<>();
    try (Backend backend =
        WireBackend.open(database.host(), database.port(), "postgres", database.database())) {
      ExecutionOutcome outcome =
          CORE.executor()
              .execute(
                  new ExecutionRequest(
                      ((Decision.Allow) decision).permit(),
                      CATALOG,
                      column -> policy.sights().classified("shop", column),
                      MaskKeys.none()),
                  backend,
                  new ResultReceiver() {
                    @Override
                    public void columns(List<Column> columns) {}

                    @Override
                    public void rows(List<@Nullable Object[]> more) {
                      rows.addAll(more);
                    }
                  },
                  cancellation);
      return new Seen(outcome, rows);
    }
  }

  private static String look(String query) throws Exception {
    try (Connection raw = TestPostgres.raw(database);
        var statement = raw.createStatement();
        var row = statement.executeQuery(query)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  @Test
  void valuesAreMaskedAndRowsAreLimited() throws Exception {
    Seen seen = run("SELECT name, upper(mail) FROM people ORDER BY id", new Cancellation());

    assertThat(seen.outcome())
        .isInstanceOfSatisfying(
            ExecutionOutcome.Completed.class,
            completed -> assertThat(completed.truncated()).isTrue());
    assertThat(seen.rows()).hasSize(2);
    assertThat(seen.rows().getFirst()[0]).isEqualTo("Person 1");
    assertThat(String.valueOf(seen.rows().getFirst()[1])).doesNotContainIgnoringCase("planted");
  }

  @Test
  void aChangeIsCommittedAndAFailureTellsNoValue() throws Exception {
    assertThat(
            run("INSERT INTO people VALUES (900, 'New', 'a@b.test')", new Cancellation()).outcome())
        .isInstanceOfSatisfying(
            ExecutionOutcome.Completed.class,
            completed -> assertThat(completed.updateCount()).isEqualTo(1));
    assertThat(look("SELECT name FROM people WHERE id = 900")).isEqualTo("New");

    Seen failed = run("INSERT INTO people VALUES (1, 'Twice', 'x@y.test')", new Cancellation());
    assertThat(failed.outcome())
        .isInstanceOfSatisfying(
            ExecutionOutcome.Failed.class,
            failure -> assertThat(failure.sqlState()).isEqualTo("23505"));
    assertThat(failed.outcome().toString()).doesNotContain("leak.test").doesNotContain("Twice");
    assertThat(look("SELECT name FROM people WHERE id = 1")).isEqualTo("Person 1");
  }

  @Test
  void whatRunsCanBeCancelled() throws Exception {
    Cancellation cancellation = new Cancellation();
    CompletableFuture<Seen> running =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return run(
                    "SELECT count(*) FROM people a, people b, people c, people d", cancellation);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            },
            task -> Thread.ofPlatform().daemon().start(task));
    String active =
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%people d' AND state ="
            + " 'active' AND pid <> pg_backend_pid()";
    for (int tries = 0; tries < 200 && look(active).equals("0"); tries++) {
      Thread.sleep(25);
    }
    cancellation.cancel();

    assertThat(running.get(20, TimeUnit.SECONDS).outcome())
        .isInstanceOf(ExecutionOutcome.Cancelled.class);
    for (int tries = 0; tries < 200 && !look(active).equals("0"); tries++) {
      Thread.sleep(25);
    }
    assertThat(look(active)).isEqualTo("0");
  }
}
