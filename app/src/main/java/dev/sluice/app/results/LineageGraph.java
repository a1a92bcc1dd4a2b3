package dev.sluice.app.results;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Ui;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.CubicCurve;

/// The way of one masked column, drawn small: base columns at the left, the mask, the column of the
/// result at the right. Each name can be reached by the keyboard and reads itself out.
final class LineageGraph extends Pane {

  private static final double ROW = 30;
  private static final double BOX = 24;
  private static final double MASK = 26;

  private final List<Label> sources = new ArrayList<>();
  private final List<CubicCurve> ways = new ArrayList<>();
  private final Label result;
  private final StackPane mask;

  LineageGraph(List<String> from, String algorithm, String to, Messages messages) {
    getStyleClass().add("lineage-graph");
    result = box(to, "lineage-result", messages.text("lineage.result", to, algorithm));
    mask = new StackPane(Ui.icon("fth-eye-off", "verdict-masked"));
    mask.getStyleClass().add("lineage-mask");
    Ui.hint(mask, algorithm);
    for (String source : from) {
      sources.add(
          box(source, "lineage-source", messages.text("lineage.source", source, to, algorithm)));
      ways.add(way());
    }
    ways.add(way());
    getChildren().addAll(ways);
    getChildren().addAll(sources);
    getChildren().addAll(mask, result);
    double height = Math.max(1, from.size()) * ROW + 4;
    setMinHeight(height);
    setPrefHeight(height);
    setAccessibleText(messages.text("lineage.graph", to, String.join(", ", from), algorithm));
  }

  private static Label box(String text, String style, String spoken) {
    Label label = Ui.label(text, style, "code", "small");
    label.setTextOverrun(javafx.scene.control.OverrunStyle.LEADING_ELLIPSIS);
    label.setAccessibleText(spoken);
    label.setFocusTraversable(true);
    Ui.hint(label, spoken);
    return label;
  }

  private static CubicCurve way() {
    CubicCurve way = new CubicCurve();
    way.getStyleClass().add("lineage-way");
    way.setMouseTransparent(true);
    return way;
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    double middle = getHeight() / 2;
    double gap = 22;
    double room = Math.max(40, width - MASK - 2 * gap);
    double right = Math.min(result.prefWidth(-1), room * 0.45);
    double left =
        Math.min(
            room - right, sources.stream().mapToDouble(each -> each.prefWidth(-1)).max().orElse(0));
    double maskX = left + gap;
    double rightX = maskX + MASK + gap;
    for (int at = 0; at < sources.size(); at++) {
      double y = middle - sources.size() * ROW / 2 + at * ROW + (ROW - BOX) / 2;
      Label source = sources.get(at);
      double own = Math.min(left, source.prefWidth(-1));
      source.resizeRelocate(left - own, y, own, BOX);
      draw(ways.get(at), left, y + BOX / 2, maskX, middle);
    }
    mask.resizeRelocate(maskX, middle - MASK / 2, MASK, MASK);
    result.resizeRelocate(rightX, middle - BOX / 2, right, BOX);
    draw(ways.getLast(), maskX + MASK, middle, rightX, middle);
  }

  private static void draw(CubicCurve way, double x1, double y1, double x2, double y2) {
    double half = (x1 + x2) / 2;
    way.setStartX(x1);
    way.setStartY(y1);
    way.setControlX1(half);
    way.setControlY1(y1);
    way.setControlX2(half);
    way.setControlY2(y2);
    way.setEndX(x2);
    way.setEndY(y2);
  }
}
