package dev.sluice.app.editor;

import dev.sluice.app.fx.Messages;
import dev.sluice.gateway.workspace.StatementVerdict;

/// What the gutter shows at the first line of a statement.
///
/// @param kind icon and word
/// @param explanation rule, reason and ways out
record GutterMark(VerdictKind kind, String explanation) {

  static GutterMark of(StatementVerdict verdict, Messages messages) {
    return new GutterMark(VerdictKind.of(verdict), explain(verdict, messages));
  }

  static GutterMark pending(Messages messages) {
    return new GutterMark(VerdictKind.PENDING, messages.text(VerdictKind.PENDING.styleClass()));
  }

  /// Of two statements on one line the stricter one is shown, and both are explained.
  static GutterMark worse(GutterMark one, GutterMark other) {
    VerdictKind kind = one.kind().compareTo(other.kind()) >= 0 ? one.kind() : other.kind();
    return new GutterMark(kind, one.explanation() + "\n\n" + other.explanation());
  }

  private static String explain(StatementVerdict verdict, Messages messages) {
    StringBuilder text = new StringBuilder(messages.text(VerdictKind.of(verdict).styleClass()));
    var proof = verdict.decision().proof();
    if (!proof.rule().isEmpty()) {
      text.append("  ·  ").append(messages.text("verdict.rule", proof.rule()));
    }
    if (!proof.reason().isEmpty()) {
      text.append('\n').append(proof.reason());
    }
    proof.waysOut().forEach(way -> text.append("\n→ ").append(way.label()));
    if (!EditorViewModel.fixesOf(verdict).isEmpty()) {
      text.append('\n').append(messages.text("editor.fix.hint"));
    }
    return text.toString();
  }
}
