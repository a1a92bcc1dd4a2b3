package dev.sluice.app.editor;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Ui;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;

/// A field for each placeholder of the statement at the caret; what was typed is kept by name.
final class ParameterStrip extends FlowPane {

  private final EditorViewModel model;
  private final Messages messages;
  private final Map<String, TextField> fields = new HashMap<>();
  private final Subscriptions subscriptions = new Subscriptions();
  private List<String> shown = List.of();

  ParameterStrip(EditorViewModel model, Messages messages) {
    super(12, 6);
    this.model = model;
    this.messages = messages;
    setId(ControlIds.PARAMETERS);
    getStyleClass().add("parameter-strip");
    Ui.shown(this, false);
  }

  void attach() {
    subscriptions.bind(model.parameterNamesProperty(), this::show);
  }

  void detach() {
    subscriptions.clear();
  }

  void focus(String name) {
    TextField field = fields.get(name);
    if (field != null) {
      field.requestFocus();
      field.selectAll();
    }
  }

  private void show(List<String> names) {
    if (names.equals(shown)) {
      return;
    }
    shown = names;
    fields.clear();
    getChildren().clear();
    for (String name : names) {
      getChildren().add(row(name));
    }
    Ui.shown(this, !names.isEmpty());
  }

  private HBox row(String name) {
    Parameters.Value known = model.parameter(name);
    TextField field = new TextField(known.value());
    field.setId("parameter-" + name);
    field.setPrefColumnCount(12);
    field.getStyleClass().add("small");
    field.setAccessibleText(messages.text("parameter.value", name));
    ChoiceBox<Parameters.Kind> kind = new ChoiceBox<>();
    kind.getItems().setAll(Parameters.Kind.values());
    kind.setValue(known.kind());
    kind.getStyleClass().add("small");
    kind.setAccessibleText(messages.text("parameter.kind", name));
    kind.setConverter(
        Ui.words(value -> messages.text("parameter." + value.name().toLowerCase(Locale.ROOT))));
    Runnable keep =
        () -> model.setParameter(name, new Parameters.Value(kind.getValue(), field.getText()));
    field.textProperty().addListener((observed, before, now) -> keep.run());
    kind.valueProperty()
        .addListener(
            (observed, before, now) -> {
              field.setDisable(now == Parameters.Kind.NULL);
              keep.run();
            });
    field.setDisable(known.kind() == Parameters.Kind.NULL);
    fields.put(name, field);
    HBox row = new HBox(6, Ui.whole(":" + name, "code", "muted"), kind, field);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }
}
