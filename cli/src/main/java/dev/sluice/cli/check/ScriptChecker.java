package dev.sluice.cli.check;

import dev.sluice.gateway.decision.ScriptReader;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.DecisionRequest;
import dev.sluice.governance.sql.StatementAnalysis;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
