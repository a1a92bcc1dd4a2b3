package dev.sluice.cli.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.connection.ConnectionPool;
import dev.sluice.gateway.connection.EngineProfile.Purpose;
import dev.sluice.gateway.connection.JdbcBackend;
import dev.sluice.gateway.connection.UnpinnedDataSource;
import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.gateway.execution.Cancellation;
import dev.sluice.gateway.execution.ExecutionOutcome;
import dev.sluice.gateway.execution.ExecutionRequest;
import dev.sluice.gateway.execution.ResultReceiver;
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
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every way in which a database hands something out, under a policy whose rules allow everything:
/// what keeps a planted value in is the masking and the guards around the execution alone.
///
/// The same statements are sent past the guard first and must show the values there: else they
/// would prove nothing.
class ExecutionExitsTest {

  private static final String POLICY =
      """
      version: 1
      connections: [{name: shop, environment: production, owner: tests}]
      classifications:
        - {tag: pii.any, columns: ["people.s_*"]}
      masks:
        pii.any: {algorithm: redact, uses: deny}
      rules:
        - {id: everything, when: "true", effect: allow}
      """;

  /// Nothing of a planted value may be seen, in whatever form a driver writes it.
  private static final List<String> PLANTED =
      List.of(
          "zqplant",
          "7a71706c616e74",
          "770077",
          "1977-07",
          "19:17:07",
          "77777777-7777",
          "identified by password '*");

  private static final BoundedParserWorker WORKER = BoundedParserWorker.standard();
  private static final LocalCore CORE = LocalCore.of(WORKER);

  @AfterAll
  static void stop() {
    WORKER.close();
  }

  /// Statements of one session, one after the other.
  private record Attempt(List<String> texts) {}

  private record Script(List<String> fixture, List<Attempt> attempts) {

    /// `-- FIXTURE`, then `-- ATTEMPTS`; statements end with `;;`, those of a session stand in one
    /// block, blocks are apart by an empty line.
    static Script of(Dialect engine) throws IOException {
      String name = "/exits/" + engine.id() + ".sql";
      try (InputStream stream = ExecutionExitsTest.class.getResourceAsStream(name)) {
        String text =
            new String(
                java.util.Objects.requireNonNull(stream, name).readAllBytes(),
                StandardCharsets.UTF_8);
        String[] parts = text.split("-- ATTEMPTS\n", -1);
        assertThat(parts).as(name).hasSize(2);
        return new Script(
            statements(parts[0].replace("-- FIXTURE\n", "")),
            java.util.Arrays.stream(parts[1].split("\n\n"))
                .map(block -> new Attempt(statements(block)))
                .filter(attempt -> !attempt.texts().isEmpty())
                .toList());
      }
    }

    private static List<String> statements(String text) {
      return java.util.Arrays.stream(text.split(";;"))
          .map(String::strip)
          .filter(statement -> !statement.isEmpty())
          .toList();
    }
  }

  /// All that came out of one statement.
  private static final class Seen implements ResultReceiver {
    private final StringBuilder everything = new StringBuilder();

    void add(@Nullable Object found) {
      everything.append(found instanceof byte[] bytes ? told(bytes) : found).append('\n');
    }

    private static String told(byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8)
          + " "
          + java.util.HexFormat.of().formatHex(bytes);
    }

    @Override
    public void columns(List<Column> columns) {
      columns.forEach(this::add);
    }

    @Override
    public void rows(List<@Nullable Object[]> rows) {
      for (@Nullable Object[] row : rows) {
        for (Object cell : row) {
          add(cell);
        }
      }
    }

    Optional<String> planted(String sent) {
      String text = everything.toString().toLowerCase(Locale.ROOT);
      return PLANTED.stream()
          .filter(text::contains)
          // What the attacker wrote himself is no news to him.
          .filter(value -> !sent.toLowerCase(Locale.ROOT).contains(value))
          .findFirst();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "DUCKDB"})
  void nothingThatAFileHandsOutCarriesAPlantedValue(Dialect engine) throws Exception {
    tryAll(engine);
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB"})
  void nothingThatAServerHandsOutCarriesAPlantedValue(Dialect engine) throws Exception {
    tryAll(engine);
  }

  private static void tryAll(Dialect engine) throws Exception {
    Script script = Script.of(engine);
    try (Ground ground = Ground.start(engine)) {
      ground.fill(script.fixture());
      withoutTheGuardTheyAreShown(ground, script);
      withTheGuardNoneIs(ground, script);
    }
  }

  private static void withTheGuardNoneIs(Ground ground, Script script) throws Exception {
    Dialect engine = ground.engine();
    List<String> leaks = new ArrayList<>();
    List<String> threw = new ArrayList<>();
    int ran = 0;
    ReadyPolicy policy = ReadyPolicy.read(POLICY, "policy", EngineParts.none());
    CatalogSnapshot catalog;
    try (Connection administrator = ground.administrator().getConnection()) {
      catalog = CatalogReader.of(engine).read(administrator);
    }
    try (ConnectionPool pool =
        new ConnectionPool(
            ground.definition(), ground.login(), Purpose.WRITE, 2, Duration.ofSeconds(20))) {
      for (Attempt attempt : script.attempts()) {
        Seen seen = new Seen();
        try (JdbcBackend backend = JdbcBackend.open(pool)) {
          for (String sql : attempt.texts()) {
            ran += run(engine, policy, catalog, sql, backend, seen) ? 1 : 0;
          }
        } catch (RuntimeException e) {
          seen.add(e);
          threw.add(attempt.texts() + ": " + e.getClass().getName());
        }
        seen.planted(String.join("\n", attempt.texts()))
            .ifPresent(value -> leaks.add(value + " by " + attempt.texts()));
      }
    }
    assertThat(leaks).isEmpty();
    assertThat(threw).as("what a database does is an outcome, not an exception").isEmpty();
    assertThat(ran).as("statements that ran, guarded").isGreaterThan(10);
  }

  /// @return whether it was allowed to run
  private static boolean run(
      Dialect engine,
      ReadyPolicy policy,
      CatalogSnapshot catalog,
      String sql,
      JdbcBackend backend,
      Seen seen) {
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
    seen.add(decision.proof());
    if (!(decision instanceof Decision.Allow allow)) {
      return false;
    }
    ExecutionOutcome outcome =
        CORE.executor()
            .execute(
                new ExecutionRequest(
                    allow.permit(),
                    catalog,
                    column -> policy.sights().classified("shop", column),
                    MaskKeys.none()),
                backend,
                seen,
                new Cancellation());
    seen.add(outcome);
    return true;
  }

  /// What is sent past the guard is rolled back.
  private static void withoutTheGuardTheyAreShown(Ground ground, Script script) throws Exception {
    List<String> silent = new ArrayList<>();
    for (Attempt attempt : script.attempts()) {
      Seen seen = new Seen();
      try (Connection connection =
          new UnpinnedDataSource(ground.definition(), ground.login()).getConnection()) {
        connection.setAutoCommit(false);
        for (String sql : attempt.texts()) {
          raw(connection, sql, seen);
        }
        connection.rollback();
      }
      if (seen.planted(String.join("\n", attempt.texts())).isEmpty()) {
        silent.add(attempt.texts().toString());
      }
    }
    int shown = script.attempts().size() - silent.size();
    assertThat(shown)
        .as("these show nothing even unguarded: %s", silent)
        .isGreaterThan(script.attempts().size() * 6 / 10);
  }

  private static void raw(Connection connection, String sql, Seen seen) {
    try (Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (rows || statement.getUpdateCount() != -1) {
        if (rows) {
          ResultSet result = statement.getResultSet();
          int width = result.getMetaData().getColumnCount();
          for (int column = 1; column <= width; column++) {
            seen.add(result.getMetaData().getColumnLabel(column));
          }
          while (result.next()) {
            for (int column = 1; column <= width; column++) {
              seen.add(result.getString(column));
            }
          }
        }
        rows = statement.getMoreResults();
      }
      for (SQLWarning next = statement.getWarnings(); next != null; next = next.getNextWarning()) {
        seen.add(next.getMessage());
      }
    } catch (SQLException e) {
      seen.add(e);
    }
  }
}
