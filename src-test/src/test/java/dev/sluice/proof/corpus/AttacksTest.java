package dev.sluice.proof.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.SqlScript;
import dev.sluice.governance.sql.StatementText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Attempts to get at a masked column, a line each in `corpus/attacks`, and harmless twins that
/// must not be refused. The first word says what becomes of the statement:
///
/// - `refuse` it does not run, whoever approves
/// - `mask` it runs, and at least one output is masked
/// - `open` it runs, and nothing is masked
/// - `ask` somebody has to approve it
class AttacksTest {
  private static final List<Dialect> ENGINES =
      List.of(
          Dialect.POSTGRESQL,
          Dialect.MYSQL,
          Dialect.MARIADB,
          Dialect.SQLITE,
          Dialect.DUCKDB,
          Dialect.SQLSERVER,
          Dialect.TRINO);

  @TestFactory
  Stream<DynamicTest> attemptsFailAndTheirTwinsRun() {
    return ENGINES.stream()
        .map(
            engine ->
                DynamicTest.dynamicTest(engine.id(), () -> assertThat(wrong(engine)).isEmpty()));
  }

  private static List<String> wrong(Dialect engine) throws IOException {
    Path file = Corpus.folder().resolve("attacks").resolve(engine.id() + ".txt");
    Decider decider = decider(engine);
    List<String> wrong = new ArrayList<>();
    int tried = 0;
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int blank = line.indexOf(' ');
      String expected = line.substring(0, blank);
      String outcome = outcome(decider, line.substring(blank + 1), engine);
      tried++;
      if (!outcome.startsWith(expected)) {
        wrong.add(line + "  ->  " + outcome);
      }
    }
    assertThat(tried).as("statements in " + file).isGreaterThan(50);
    return wrong;
  }

  /// The strictest answer for any statement of the line.
  private static String outcome(Decider decider, String text, Dialect engine) {
    List<StatementText> statements = SqlScript.cut(text, engine).statements();
    String answer = statements.isEmpty() ? "refuse: there is no statement" : "open";
    for (StatementText statement : statements) {
      switch (decider.decide(statement)) {
        case Decision.Deny deny -> {
          return "refuse: " + deny.proof().reason();
        }
        case Decision.NeedsApproval needs -> answer = "ask";
        case Decision.Allow allow -> {
          boolean masked = !allow.permit().plan().masks().isEmpty();
          answer = masked && answer.equals("open") ? "mask" : answer;
        }
      }
    }
    return answer;
  }

  private static Decider decider(Dialect engine) {
    PolicyBundle bundle = Decider.policy("attacks");
    CatalogSnapshot catalog =
        CorpusSchemas.named("attacks-" + engine.id()).withFunctions(bundle.functions());
    return new Decider(
        CorpusTest.ANALYZER,
        Decider.engine(bundle),
        catalog,
        new Actor.Person(new Principal("local", "ada", null, "ada", Set.of("analysts"), Set.of())),
        new ConnectionContext("shop", "production", engine, "direct", Map.of()),
        Instant.parse("2026-03-02T09:00:00Z"));
  }
}
