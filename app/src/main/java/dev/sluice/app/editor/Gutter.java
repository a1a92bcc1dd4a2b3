package dev.sluice.app.editor;

import dev.sluice.app.shell.Ui;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.fxmisc.richtext.CodeArea;

/// Line numbers, and at the first line of each statement what the core says about it.
final class Gutter implements IntFunction<Node> {

  private final CodeArea area;
  private Map<Integer, GutterMark> marks = Map.of();

  Gutter(CodeArea area) {
    this.area = area;
  }

  /// Redraws the visible lines whose mark changed. The others get theirs when they come into view:
  /// asking for their cells would build them all.
  void show(Map<Integer, GutterMark> next) {
    Map<Integer, GutterMark> before = marks;
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
    GutterMark mark = marks.get(line);
    if (mark != null) {
      icon.getChildren()
          .add(Ui.icon(mark.kind().icon(), "gutter-verdict", mark.kind().styleClass()));
      icon.setAccessibleText(mark.explanation());
      Ui.hint(icon, mark.explanation());
    }
    HBox box = new HBox(icon, number);
    box.setAlignment(Pos.TOP_RIGHT);
    box.getStyleClass().add("gutter");
    return box;
  }
}
