package dev.sluice.cli.check;

import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.WayOut;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import java.util.Optional;

/// A statement that is not simply allowed, with its place, for programs that show such things.
///
/// @param level `error` (denied), `warning` (needs approval) or `note` (not decided)
/// @param rule the policy's, or the code of what was not understood
/// @param file as it was given
/// @param line from 1
/// @param column from 1, in UTF-16 units
/// @param endLine of the last character
/// @param endColumn after the last character
record Finding(
    String level,
    String rule,
    String message,
    String file,
    int line,
    int column,
    int endLine,
    int endColumn) {

  /// Empty for a statement that is allowed, or that was understood where no policy decides.
  static Optional<Finding> of(Source source, StatementReport report) {
    return report
        .decision()
        .map(decision -> decided(source, report, decision))
        .orElseGet(
            () ->
                report.analysis().refusals().stream()
                    .findFirst()
                    .map(refusal -> notUnderstood(source, report, refusal)));
  }

  private static Optional<Finding> decided(
      Source source, StatementReport report, Decision decision) {
    return switch (decision) {
      case Decision.Allow allow -> Optional.empty();
      case Decision.NeedsApproval asked ->
          Optional.of(
              of(
                  "warning",
                  source,
                  report,
                  decision,
                  "Needs approval by "
                      + asked.approvers().quorum()
                      + " of "
                      + String.join(", ", asked.approvers().anyOf())
                      + ". "));
      case Decision.Deny deny -> Optional.of(of("error", source, report, decision, ""));
    };
  }

  private static Finding of(
      String level, Source source, StatementReport report, Decision decision, String before) {
    String next =
        decision.proof().waysOut().stream()
            .findFirst()
            .map(WayOut::label)
            .map(w -> " " + w)
            .orElse("");
    return at(
        level,
        decision.proof().rule(),
        before + decision.proof().reason() + next,
        source,
        report,
        decision.proof().spans().stream().findFirst());
  }

  private static Finding notUnderstood(Source source, StatementReport report, Refusal refusal) {
    return at(
        "error",
        refusal.code(),
        refusal.message() + " " + refusal.wayOut(),
        source,
        report,
        Optional.of(refusal.span()));
  }

  private static Finding at(
      String level,
      String rule,
      String message,
      Source source,
      StatementReport report,
      Optional<Span> part) {
    Span statement = report.analysis().statement().span();
    Span span = part.map(found -> found.shift(statement.start())).orElse(statement);
    int start = Math.min(span.start(), source.text().length());
    int end = Math.min(Math.max(span.end(), start + 1), source.text().length());
    return new Finding(
        level,
        rule.isBlank() ? "no-rule" : rule,
        message,
        source.file(),
        line(source.text(), start) + source.firstLine() - 1,
        column(source.text(), start),
        line(source.text(), end) + source.firstLine() - 1,
        column(source.text(), end));
  }

  private static int line(String text, int offset) {
    return (int) text.substring(0, offset).chars().filter(unit -> unit == '\n').count() + 1;
  }

  private static int column(String text, int offset) {
    return offset - text.lastIndexOf('\n', offset - 1);
  }
}
