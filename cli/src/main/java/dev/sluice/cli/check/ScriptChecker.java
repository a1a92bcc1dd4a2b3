package dev.sluice.cli.check;

import dev.sluice.gateway.decision.ScriptReader;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.DecisionRequest;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Decides every statement of a script. Runs nothing.
public final class ScriptChecker {

  private final ScriptReader scripts;

  public ScriptChecker(ScriptReader scripts) {
    this.scripts = scripts;
  }

  /// In the order of the text.
  public List<StatementReport> check(CheckInput input, Instant at) {
    return scripts.read(input.text(), input.dialect(), input.catalog()).stream()
        .map(analysis -> new StatementReport(analysis, decide(input, analysis, at)))
        .toList();
  }

  /// As above, for statements that would run one after the other.
  ///
  /// @param after the catalog that a statement leaves
  public List<StatementReport> check(
      CheckInput input,
      Instant at,
      BiFunction<CatalogSnapshot, StatementText, CatalogSnapshot> after) {
    return scripts.read(input.text(), input.dialect(), input.catalog(), after).stream()
        .map(analysis -> new StatementReport(analysis, decide(input, analysis, at)))
        .toList();
  }

  /// Decides one analysed statement; empty without a policy.
  public static Optional<Decision> decide(
      CheckInput input, StatementAnalysis analysis, Instant at) {
    return input
        .policy()
        .map(
            policy ->
                policy
                    .engine()
                    .decide(
                        new DecisionRequest(
                            analysis,
                            input.catalog(),
                            input.actor(),
                            input.connection(),
                            at,
                            "cli",
                            "",
                            false,
                            0,
                            List.of(),
                            Optional.empty())));
  }
}
