package dev.sluice.app.results;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Ui;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// One value in full, as it is shown: a masked one stays masked.
final class ValuePanel extends VBox {

  /// More than this makes a text control slow.
  private static final int SHOWN = 200_000;

  private final Messages messages;
  private final Label name = Ui.label("", "panel-title");
  private final Label detail = Ui.paragraph("", "muted", "small");
  private final TextArea text = new TextArea();

  ValuePanel(Messages messages, Runnable onClose) {
    this.messages = messages;
    setId(ControlIds.VALUE_PANEL);
    getStyleClass().add("side-panel");
    setSpacing(10);
    setPrefWidth(340);
    setMinWidth(240);
    text.setEditable(false);
    text.setWrapText(true);
    text.getStyleClass().add("code");
    VBox.setVgrow(text, Priority.ALWAYS);
    HBox head =
        new HBox(
            8,
            name,
            Ui.spacer(),
            Ui.iconButton("value-panel-close", "fth-x", messages.text("close"), onClose));
    head.setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(head, detail, text);
  }

  void show(GridModel model, int row, int column) {
    var head = model.columns().get(column);
    boolean missing = model.isNull(row, column);
    String value = model.text(row, column);
    name.setText(head.label());
    String size = missing ? "NULL" : messages.count("value.characters", value.length());
    String line = messages.text("value.detail", messages.number(row + 1L), head.typeName(), size);
    detail.setText(
        head.mask().map(mask -> line + "\n" + MaskWords.sentence(mask, messages)).orElse(line));
    text.setText(value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value);
    text.setAccessibleText(head.label());
  }
}
