package dev.sluice.cli.check;

import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.Proof;
import dev.sluice.governance.policy.WayOut;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.StatementAnalysis;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Prints verdicts for people: the word first, then the statement with the place underlined, the
/// rule, the reason, and what to do next.
public final class VerdictPrinter {

  private static final int WIDEST = 100;

  private final PrintWriter output;
  private final Ink ink;
  private @Nullable TextPlaces latest;

  public VerdictPrinter(PrintWriter output, Ink ink) {
    this.output = output;
    this.ink = ink;
  }

  /// @param name of the text
  /// @param text the whole text
  /// @param number of the statement, from 1
  public void print(String name, String text, StatementReport report, int number) {
    StatementAnalysis analysis = report.analysis();
    Span statement = analysis.statement().span();
    Optional<Span> place =
        report
            .decision()
            .flatMap(decision -> decision.proof().spans().stream().findFirst())
            .or(() -> analysis.refusals().stream().map(Refusal::span).findFirst())
            .map(span -> span.shift(statement.start()));
    TextPlaces lines = places(text);
    String at = lines.place(place.map(Span::start).orElse(statement.start()));
    output.println(
        word(report)
            + "  "
            + ink.faint(number + ". " + analysis.kind() + " at " + name + ":" + at));
    lines.excerpt(statement, place, WIDEST).forEach(line -> output.println("    " + line));
    if (report.decision().isPresent()) {
      decided(report.decision().get());
    } else {
      analysed(analysis);
    }
    output.println();
    output.flush();
  }

  /// Looking for the lines of a long text once for each of its statements takes longer than
  /// deciding on them.
  private TextPlaces places(String text) {
    TextPlaces known = latest;
    if (known == null || !known.isOf(text)) {
      known = new TextPlaces(text);
      latest = known;
    }
    return known;
  }

  private String word(StatementReport report) {
    return report
        .decision()
        .map(
            decision ->
                switch (decision) {
                  case Decision.Allow allow ->
                      ink.good(
                          allow.permit().plan().masks().isEmpty()
                              ? "✔ ALLOWED"
                              : "✔ ALLOWED, " + allow.permit().plan().masks().size() + " masked");
                  case Decision.NeedsApproval asked -> ink.careful("◷ NEEDS APPROVAL");
                  case Decision.Deny deny -> ink.bad("✘ DENIED");
                })
        .orElse(
            report.analysis().refusals().isEmpty()
                ? ink.bold("• UNDERSTOOD")
                : ink.bad("✘ NOT UNDERSTOOD"));
  }

  private void decided(Decision decision) {
    Proof proof = decision.proof();
    field("rule", proof.rule());
    field("why", proof.reason());
    switch (decision) {
      case Decision.Allow allow -> masks(allow.permit().analysis(), allow.permit().plan().masks());
      case Decision.NeedsApproval asked ->
          field(
              "who",
              asked.approvers().quorum()
                  + " of "
                  + String.join(", ", asked.approvers().anyOf())
                  + " must approve");
      case Decision.Deny deny -> {}
    }
    waysOut(proof.waysOut());
  }

  private void masks(StatementAnalysis analysis, List<ColumnMask> masks) {
    for (ColumnMask mask : masks) {
      String name =
          mask.ordinal() < analysis.columns().size()
              ? analysis.columns().get(mask.ordinal()).name()
              : "column " + (mask.ordinal() + 1);
      String from =
          mask.sensitiveSources().stream()
              .map(source -> source.dotted())
              .collect(Collectors.joining(", "));
      field("masked", name + " by " + mask.spec().algorithm() + " (from " + from + ")");
    }
  }

  private void waysOut(List<WayOut> ways) {
    for (int index = 0; index < ways.size(); index++) {
      field(index == 0 ? "next" : "or", ways.get(index).label());
    }
  }

  private void analysed(StatementAnalysis analysis) {
    for (Refusal refusal : analysis.refusals()) {
      field("why", refusal.message());
      field("next", refusal.wayOut());
    }
    if (analysis.refusals().isEmpty()) {
      String effects =
          analysis.effects().stream()
              .map(effect -> (effect.kind() + " " + String.join(", ", effect.objects())).strip())
              .collect(Collectors.joining("; "));
      field("effects", effects);
    }
  }

  private void field(String name, String value) {
    output.println("    " + ink.faint(String.format(java.util.Locale.ROOT, "%-8s", name)) + value);
  }

  /// What came of running a statement.
  public void result(ObjectNode answer) {
    if (answer.has("error")) {
      output.println("    " + ink.bad("✘ ") + answer.get("error").asString());
    } else if (answer.has("update_count")) {
      output.println("    " + answer.get("update_count").asLong() + " rows affected.");
    } else if (answer.has("rows")) {
      ResultTable.print(answer, output);
    }
    output.println();
    output.flush();
  }

  /// The last line.
  public void summary(int statements, boolean all, boolean decided) {
    if (statements == 0) {
      output.println("Nothing to check: there is no statement in the text.");
    } else if (decided && statements > 1) {
      output.println(
          all
              ? ink.good("All " + statements + " statements are allowed.")
              : ink.bold("Not all of " + statements + " statements are allowed."));
    }
    output.flush();
  }
}
