package dev.sluice.app.editor;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Ui;
import dev.sluice.gateway.workspace.StatementVerdict;
import dev.sluice.governance.policy.WayOut;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.fxmisc.richtext.CodeArea;

/// Line numbers, and at the first line of each statement what the core says about it.
final class Gutter implements IntFunction<Node> {

  /// @param kind icon and word
  /// @param explanation rule, reason and ways out
  record Mark(VerdictKind kind, String explanation) {

    /// Of two statements on one line the stricter one is shown, and both are explained.
    static Mark worse(Mark one, Mark other) {
      VerdictKind kind = one.kind().compareTo(other.kind()) >= 0 ? one.kind() : other.kind();
      return new Mark(kind, one.explanation() + "\n\n" + other.explanation());
    }
  }

  private final CodeArea area;
  private final Messages messages;
  private Map<Integer, Mark> marks = Map.of();

  Gutter(CodeArea area, Messages messages) {
    this.area = area;
    this.messages = messages;
  }

  /// Redraws the visible lines whose mark changed. The others get theirs when they come into view:
  /// asking for their cells would build them all.
  void show(Map<Integer, Mark> next) {
    Map<Integer, Mark> before = marks;
    marks = new HashMap<>(next);
    if (area.getVisibleParagraphs().isEmpty()) {
      return;
    }
    int last = Math.min(area.lastVisibleParToAllParIndex(), area.getParagraphs().size() - 1);
    for (int line = area.firstVisibleParToAllParIndex(); line <= last; line++) {
      if (!Objects.equals(before.get(line), next.get(line))) {
        area.recreateParagraphGraphic(line);
      }
    }
  }

  @Override
  public Node apply(int line) {
    Label number = Ui.label(String.valueOf(line + 1), "line-number");
    number.setAlignment(Pos.CENTER_RIGHT);
    StackPane icon = new StackPane();
    icon.getStyleClass().add("gutter-icon");
    Mark mark = marks.get(line);
    if (mark != null) {
      icon.getChildren()
          .add(Ui.icon(mark.kind().icon(), "gutter-verdict", mark.kind().styleClass()));
      icon.setAccessibleText(mark.explanation());
      Tooltip.install(icon, Ui.tooltip(mark.explanation()));
    }
    HBox box = new HBox(icon, number);
    box.setAlignment(Pos.TOP_RIGHT);
    box.getStyleClass().add("gutter");
    return box;
  }

  /// Word, rule, reason and ways out of one verdict, for the hover and for assistive technology.
  static String explain(StatementVerdict verdict, Messages messages) {
    VerdictKind kind = VerdictKind.of(verdict);
    StringBuilder text = new StringBuilder(messages.text(kind.styleClass()));
    var proof = verdict.decision().proof();
    if (!proof.rule().isEmpty()) {
      text.append("  ·  ").append(messages.text("verdict.rule", proof.rule()));
    }
    if (!proof.reason().isEmpty()) {
      text.append('\n').append(proof.reason());
    }
    List<WayOut> ways = proof.waysOut();
    ways.forEach(way -> text.append("\n→ ").append(way.label()));
    if (!EditorViewModel.fixesOf(verdict).isEmpty()) {
      text.append('\n').append(messages.text("editor.fix.hint"));
    }
    return text.toString();
  }

  Mark mark(StatementVerdict verdict) {
    return new Mark(VerdictKind.of(verdict), explain(verdict, messages));
  }
}
