package dev.sluice.app.administration;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Ui;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/// Tables and fields that look alike on all tabs.
final class Forms {

  private final Messages messages;

  Forms(Messages messages) {
    this.messages = messages;
  }

  <T> TableView<T> table(String id, String name, ObservableList<T> rows) {
    TableView<T> table = new TableView<>(rows);
    table.setId(id);
    table.setAccessibleText(messages.text(name));
    table.setFixedCellSize(30);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table.setPlaceholder(Ui.paragraph(messages.text("admin.empty"), "muted", "center"));
    table.getStyleClass().addAll("edge-to-edge", "live-table");
    VBox.setVgrow(table, javafx.scene.layout.Priority.ALWAYS);
    return table;
  }

  <T> TableColumn<T, String> column(String key, double width, Function<T, String> value) {
    TableColumn<T, String> column = new TableColumn<>(messages.text(key));
    column.setCellValueFactory(row -> new ReadOnlyStringWrapper(value.apply(row.getValue())));
    column.setPrefWidth(width);
    column.setReorderable(false);
    return column;
  }

  /// A button that does something with the chosen row, and cannot be pressed while there is none.
  <T> Button acting(String id, String key, String icon, TableView<T> table, Consumer<T> action) {
    Button button =
        Ui.button(
            id,
            messages.text(key),
            icon,
            () -> action.accept(table.getSelectionModel().getSelectedItem()));
    button.disableProperty().bind(table.getSelectionModel().selectedItemProperty().isNull());
    return button;
  }

  TextField field(String id, String key, int columns) {
    return named(new TextField(), id, key, columns);
  }

  PasswordField password(String id, String key) {
    PasswordField field = new PasswordField();
    named(field, id, key, 16);
    return field;
  }

  private TextField named(TextField field, String id, String key, int columns) {
    field.setId(id);
    field.setAccessibleText(messages.text(key));
    field.setPrefColumnCount(columns);
    return field;
  }

  VBox labelled(String key, Node field) {
    return new VBox(3, Ui.label(messages.text(key), "field-label"), field);
  }

  static FlowPane row(Node... fields) {
    FlowPane row = new FlowPane(10, 8, fields);
    row.setAlignment(Pos.BOTTOM_LEFT);
    row.setRowValignment(VPos.BOTTOM);
    row.getStyleClass().add("admin-form");
    return row;
  }

  static VBox pane(Node... parts) {
    VBox pane = new VBox(10, parts);
    pane.getStyleClass().add("studio-pane");
    return pane;
  }
}
