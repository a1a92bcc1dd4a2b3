package dev.sluice.app.results;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Ui;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// A plan as a tree; a bar says which part of the whole cost a step takes by itself.
final class PlanView extends BorderPane {

  private static final double BAR = 120;

  private final Messages messages;
  private final double whole;

  PlanView(PlanNode plan, Messages messages) {
    this.messages = messages;
    this.whole = Math.max(0, plan.cost());
    TreeView<PlanNode> tree = new TreeView<>(item(plan));
    tree.setId(ControlIds.PLAN_TREE);
    tree.getStyleClass().addAll("dense", "edge-to-edge", "plan-tree");
    tree.setAccessibleText(messages.text("plan.name", plan.size()));
    tree.setCellFactory(view -> new Step());
    Label hint =
        Ui.label(messages.text(whole > 0 ? "plan.hint" : "plan.hint.no-cost"), "muted", "small");
    hint.getStyleClass().add("plan-hint");
    setCenter(tree);
    setBottom(hint);
  }

  private static TreeItem<PlanNode> item(PlanNode node) {
    TreeItem<PlanNode> item = new TreeItem<>(node);
    item.setExpanded(true);
    node.children().forEach(child -> item.getChildren().add(item(child)));
    return item;
  }

  private final class Step extends TreeCell<PlanNode> {
    @Override
    protected void updateItem(PlanNode node, boolean empty) {
      super.updateItem(node, empty);
      setText(null);
      setTooltip(null);
      if (empty || node == null) {
        setGraphic(null);
        setAccessibleText(null);
        return;
      }
      HBox row = new HBox(10);
      row.setAlignment(Pos.CENTER_LEFT);
      if (whole > 0) {
        row.getChildren().add(bar(node));
      }
      row.getChildren().add(Ui.whole(node.title(), "strong"));
      if (node.rows() >= 0) {
        row.getChildren()
            .add(
                Ui.whole(
                    messages.text("plan.rows", messages.number(Math.round(node.rows()))),
                    "muted",
                    "small"));
      }
      if (node.cost() >= 0) {
        row.getChildren()
            .add(
                Ui.whole(
                    messages.text(
                        "plan.cost", String.format(messages.locale(), "%,.1f", node.cost())),
                    "muted",
                    "small"));
      }
      row.getChildren().add(Ui.label(node.detail(), "muted", "small", "code"));
      if (!node.detail().isEmpty()) {
        setTooltip(Ui.tooltip(node.title() + "\n" + node.detail().replace("  ·  ", "\n")));
      }
      setGraphic(row);
      setAccessibleText(node.title() + " " + node.detail());
    }

    private StackPane bar(PlanNode node) {
      double share = Math.clamp(node.ownCost() / whole, 0, 1);
      Region ground = new Region();
      ground.getStyleClass().add("plan-bar-ground");
      ground.setPrefSize(BAR, 14);
      Region part = new Region();
      part.getStyleClass().addAll("plan-bar", share > 0.4 ? "plan-bar-hot" : "plan-bar-cool");
      part.setMinWidth(Math.max(1, BAR * share));
      part.setMaxSize(Math.max(1, BAR * share), 14);
      Label percent =
          Ui.whole(String.format(Locale.ROOT, "%.0f %%", share * 100), "small", "plan-percent");
      StackPane bar = new StackPane(ground, part, percent);
      StackPane.setAlignment(part, Pos.CENTER_LEFT);
      bar.setMinWidth(BAR);
      bar.setMaxSize(BAR, 16);
      return bar;
    }
  }
}
