package dev.sluice.app.explorer;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.Relation;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.CubicCurve;

/// A table and the tables that keys tie to it: those that point at it on the left, those it points
/// at on the right. Each is a button that goes there.
final class RelationDiagram extends Pane {

  private static final double WIDTH = 150;
  private static final double GAP_X = 70;
  private static final double GAP_Y = 16;
  private static final double MARGIN = 16;
  private static final int MOST = 30;
  private static final int SHOWN_COLUMNS = 14;

  RelationDiagram(TableDetails details, Messages messages, Consumer<Relation> onOpen) {
    setId("table-diagram");
    getStyleClass().add("diagram");
    List<TableDetails.Neighbour> all = details.neighbours();
    List<TableDetails.Neighbour> in = all.stream().filter(each -> !each.out()).limit(MOST).toList();
    List<TableDetails.Neighbour> out = all.stream().filter(TableDetails.Neighbour::out).toList();
    double tallest = Math.max(1, Math.max(in.size(), out.size()));
    double rowHeight = 62;
    double height = Math.max(tallest * (rowHeight + GAP_Y), 26.0 + lines(details.relation()) * 17);
    double middle = MARGIN + height / 2;
    double center = MARGIN + (in.isEmpty() ? 0 : WIDTH + GAP_X);
    VBox self = self(details);
    double selfHeight = 26.0 + lines(details.relation()) * 17;
    place(self, center, middle - selfHeight / 2, WIDTH + 30, selfHeight);
    side(in, MARGIN, middle, rowHeight, center, true, onOpen, messages);
    side(
        out,
        center + WIDTH + 30 + GAP_X,
        middle,
        rowHeight,
        center + WIDTH + 30,
        false,
        onOpen,
        messages);
    getChildren().add(self);
    double width = center + WIDTH + 30 + (out.isEmpty() ? 0 : GAP_X + WIDTH) + MARGIN;
    setMinSize(width, height + 2 * MARGIN);
    setPrefSize(width, height + 2 * MARGIN);
    setAccessibleText(
        messages.text(
            "table.diagram", details.relation().ref().dotted(), messages.number(all.size())));
    if (all.isEmpty()) {
      var none = Ui.paragraph(messages.text("table.relations.none"), "muted", "small");
      none.setMaxWidth(260);
      none.relocate(MARGIN, height + MARGIN);
      setMinHeight(height + 70);
      getChildren().add(none);
    }
  }

  private void side(
      List<TableDetails.Neighbour> neighbours,
      double x,
      double middle,
      double rowHeight,
      double edge,
      boolean left,
      Consumer<Relation> onOpen,
      Messages messages) {
    double total = neighbours.size() * (rowHeight + GAP_Y) - GAP_Y;
    double y = middle - total / 2;
    for (TableDetails.Neighbour neighbour : neighbours) {
      Button box = new Button(neighbour.relation().ref().name());
      box.getStyleClass().add("diagram-box");
      String key =
          String.join(", ", neighbour.key().columns())
              + " → "
              + String.join(", ", neighbour.key().targetColumns());
      box.setText(neighbour.relation().ref().name() + "\n" + key);
      Ui.hint(box, neighbour.relation().ref().dotted() + "\n" + key);
      box.setAccessibleText(messages.text("table.go", neighbour.relation().ref().dotted()));
      box.setOnAction(event -> onOpen.accept(neighbour.relation()));
      place(box, x, y, WIDTH, rowHeight);
      double from = left ? x + WIDTH : edge;
      double to = left ? edge : x;
      double fromY = left ? y + rowHeight / 2 : middle;
      double toY = left ? middle : y + rowHeight / 2;
      CubicCurve line =
          new CubicCurve(from, fromY, from + GAP_X / 2, fromY, to - GAP_X / 2, toY, to, toY);
      line.getStyleClass().add("diagram-line");
      getChildren().addAll(line, box);
      y += rowHeight + GAP_Y;
    }
  }

  private static int lines(Relation relation) {
    return Math.min(SHOWN_COLUMNS + 1, relation.columns().size()) + 1;
  }

  private static VBox self(TableDetails details) {
    VBox box = new VBox(1, Ui.label(details.relation().ref().name(), "strong"));
    box.getStyleClass().add("diagram-self");
    int count = 0;
    for (CatalogColumn column : details.relation().columns()) {
      if (count++ >= SHOWN_COLUMNS) {
        box.getChildren().add(Ui.label("…", "muted", "small"));
        break;
      }
      String key = details.relation().primaryKey().contains(column.name()) ? "  PK" : "";
      box.getChildren().add(Ui.label(column.name() + "  " + column.type() + key, "small", "code"));
    }
    return box;
  }

  private static void place(
      javafx.scene.layout.Region node, double x, double y, double width, double height) {
    node.setMinSize(width, height);
    node.setPrefSize(width, height);
    node.setMaxWidth(width);
    node.relocate(x, y);
  }
}
