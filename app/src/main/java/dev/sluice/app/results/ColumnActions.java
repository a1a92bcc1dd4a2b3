package dev.sluice.app.results;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.catalog.ColumnRef;
import java.util.Set;
import java.util.function.Consumer;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;

/// What can be done with one column of a result.
final class ColumnActions {

  private final ResultViewModel model;
  private final Messages messages;
  private final Consumer<Set<ColumnRef>> unmask;

  /// @param unmask asks to see columns as they are
  ColumnActions(ResultViewModel model, Messages messages, Consumer<Set<ColumnRef>> unmask) {
    this.model = model;
    this.messages = messages;
    this.unmask = unmask;
  }

  /// @param column as shown
  ContextMenu menu(int column, Runnable copyInList) {
    GridModel shown = model.gridProperty().get();
    ColumnLayout layout = shown.layout();
    int ordinal = shown.ordinal(column);
    ContextMenu menu = new ContextMenu();
    menu.setId(ControlIds.RESULT_COLUMN_MENU);
    TextField condition = new TextField();
    condition.setId("column-filter");
    condition.setPromptText(messages.text("column.filter"));
    condition.setAccessibleText(messages.text("column.filter.name", shown.column(column).label()));
    condition.setPrefColumnCount(20);
    CellFilter known = shown.wish().byColumn().get(ordinal);
    condition.setText(known == null ? "" : known.typed());
    condition.setOnAction(
        event -> {
          model.arrange(model.gridProperty().get().wish().where(ordinal, condition.getText()));
          menu.hide();
        });
    CustomMenuItem filter = new CustomMenuItem(condition, false);
    menu.getItems().add(filter);
    menu.getItems()
        .add(
            item(
                "column.filter.clear",
                "fth-x",
                () -> model.arrange(model.gridProperty().get().wish().where(ordinal, ""))));
    menu.getItems().getLast().setDisable(known == null);
    menu.getItems().add(new SeparatorMenuItem());
    menu.getItems()
        .addAll(
            item(
                "column.ascending",
                "fth-arrow-up",
                () -> model.arrange(model.gridProperty().get().wish().sortedBy(ordinal, false))),
            item(
                "column.descending",
                "fth-arrow-down",
                () -> model.arrange(model.gridProperty().get().wish().sortedBy(ordinal, true))),
            item(
                "column.unsorted",
                "fth-minus",
                () -> model.arrange(model.gridProperty().get().wish().sortedBy(-1, false))));
    menu.getItems().add(new SeparatorMenuItem());
    menu.getItems()
        .addAll(
            item("column.pin", "fth-map-pin", () -> model.layOut(layout.pin(column))),
            item("column.freeze", "fth-lock", () -> model.layOut(layout.freeze(column + 1))),
            item("column.unfreeze", "fth-unlock", () -> model.layOut(layout.freeze(0))),
            item(
                "column.left",
                "fth-arrow-left",
                () -> model.layOut(layout.move(column, Math.max(0, column - 1)))),
            item(
                "column.right",
                "fth-arrow-right",
                () -> model.layOut(layout.move(column, column + 1))),
            item("column.hide", "fth-eye", () -> model.layOut(layout.hide(column))),
            item(
                "column.all",
                "fth-columns",
                () -> model.layOut(ColumnLayout.all(shown.all().size()))));
    menu.getItems().add(new SeparatorMenuItem());
    menu.getItems().add(item("column.in-list", "fth-copy", copyInList));
    shown
        .column(column)
        .mask()
        .filter(mask -> !mask.sensitiveSources().isEmpty())
        .ifPresent(
            mask -> {
              menu.getItems().add(new SeparatorMenuItem());
              menu.getItems()
                  .add(item("unmask.ask", "fth-eye", () -> unmask.accept(mask.sensitiveSources())));
            });
    return menu;
  }

  private MenuItem item(String key, String icon, Runnable action) {
    MenuItem item = new MenuItem(messages.text(key), Ui.icon(icon));
    item.setOnAction(event -> action.run());
    return item;
  }
}
