package dev.sluice.cli.check;

import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.DecisionRequest;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.LexicalProblem;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.SqlScript;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Cuts a script and decides every statement of it. Runs nothing.
public final class ScriptChecker {

  private final StatementAnalyzer analyzer;

  public ScriptChecker(StatementAnalyzer analyzer) {
    this.analyzer = analyzer;
  }

  /// In the order of the text. A part of the text that cannot be cut into statements comes as one
  /// refused statement.
  public List<StatementReport> check(CheckInput input, Instant at) {
    SqlScript script = SqlScript.cut(input.text(), input.dialect());
    List<StatementReport> reports = new ArrayList<>();
    for (StatementText statement : script.statements()) {
      Optional<LexicalProblem> problem = script.problemIn(statement);
      StatementAnalysis analysis =
          problem.isPresent()
              ? unread(statement, input.dialect(), problem.get())
              : analyzer.analyze(statement, input.dialect(), input.catalog());
      reports.add(report(input, analysis, at));
    }
    for (LexicalProblem problem : script.problems()) {
      if (script.statements().stream().noneMatch(statement -> touches(problem, statement))) {
        Span span = problem.span();
        StatementText rest =
            new StatementText(input.text().substring(span.start(), span.end()), span);
        reports.add(report(input, unread(rest, input.dialect(), problem), at));
        break;
      }
    }
    return reports;
  }

  private static boolean touches(LexicalProblem problem, StatementText statement) {
    return problem.span().start() < statement.span().end()
        && problem.span().end() > statement.span().start();
  }

  /// Decides one analysed statement.
  public static StatementReport report(CheckInput input, StatementAnalysis analysis, Instant at) {
    Optional<Decision> decision =
        input
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
    return new StatementReport(analysis, decision);
  }

  /// A statement that the lexer could not place with certainty.
  public static StatementAnalysis unread(
      StatementText statement, Dialect dialect, LexicalProblem problem) {
    int start = Math.max(0, problem.span().start() - statement.span().start());
    int end = Math.min(statement.text().length(), problem.span().end() - statement.span().start());
    Span place = start <= end ? new Span(start, end) : new Span(0, statement.text().length());
    return new StatementAnalysis(
        statement,
        dialect,
        "UNRECOGNISED",
        false,
        false,
        Optional.empty(),
        List.of(Effect.of(EffectKind.UNRECOGNISED)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        OptionalLong.empty(),
        List.of(new Refusal(problem.code(), problem.message(), place, problem.wayOut())));
  }
}
