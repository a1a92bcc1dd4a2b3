package dev.sluice.app.editor;

import dev.sluice.gateway.workspace.StatementVerdict;
import dev.sluice.governance.masking.MaskingPlan;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.OutputColumn;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.StatementText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Verdicts by statement text: a statement that moved keeps its verdict, one that changed loses it.
final class Verdicts {

  static final Verdicts NONE = new Verdicts(List.of());

  private final Map<String, StatementVerdict> byText = new HashMap<>();

  Verdicts(List<StatementVerdict> verdicts) {
    verdicts.forEach(verdict -> byText.put(verdict.analysis().statement().text(), verdict));
  }

  Optional<StatementVerdict> of(StatementText statement) {
    return Optional.ofNullable(byText.get(statement.text()));
  }

  /// What is drawn over the colours: shaded columns that will be masked, underlined places of what
  /// is refused. Spans are in the script.
  List<Highlighter.Overlay> overlays(List<StatementText> statements) {
    List<Highlighter.Overlay> overlays = new ArrayList<>();
    for (StatementText statement : statements) {
      of(statement).ifPresent(verdict -> collect(verdict, statement.span().start(), overlays));
    }
    return overlays;
  }

  private static void collect(
      StatementVerdict verdict, int offset, List<Highlighter.Overlay> overlays) {
    switch (verdict.decision()) {
      case Decision.Allow allow -> masked(verdict, allow.permit().plan(), offset, overlays);
      case Decision.NeedsApproval ask -> {
        masked(verdict, ask.plan(), offset, overlays);
        places(ask.proof().spans(), "sql-ask", offset, overlays);
      }
      case Decision.Deny deny -> places(deny.proof().spans(), "sql-refused", offset, overlays);
    }
  }

  private static void masked(
      StatementVerdict verdict, MaskingPlan plan, int offset, List<Highlighter.Overlay> overlays) {
    for (OutputColumn column : verdict.analysis().columns()) {
      if (plan.maskAt(column.ordinal()).isPresent()) {
        overlays.add(new Highlighter.Overlay(column.span().shift(offset), "sql-masked"));
      }
    }
  }

  private static void places(
      List<Span> spans, String style, int offset, List<Highlighter.Overlay> overlays) {
    spans.forEach(span -> overlays.add(new Highlighter.Overlay(span.shift(offset), style)));
  }
}
