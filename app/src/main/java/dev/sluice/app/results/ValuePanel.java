package dev.sluice.app.results;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Ui;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import tools.jackson.databind.JsonNode;

/// One value in full, as it is shown: a masked one stays masked. As text, as a JSON tree, in
/// hexadecimal or as a picture, whatever it can be.
final class ValuePanel extends VBox {

  /// More than this makes a text control slow.
  private static final int SHOWN = 200_000;

  private static final int MOST_CHILDREN = 2_000;
  private static final double PICTURE = 1_200;

  private final Messages messages;
  private final Label name = Ui.label("", "panel-title");
  private final Label detail = Ui.paragraph("", "muted", "small");
  private final HBox forms = new HBox();
  private final ToggleGroup chosen = new ToggleGroup();
  private final StackPane place = new StackPane();
  private String value = "";
  private String lastForm = "text";

  ValuePanel(Messages messages, Runnable onClose) {
    this.messages = messages;
    setId(ControlIds.VALUE_PANEL);
    getStyleClass().add("side-panel");
    setSpacing(10);
    setPrefWidth(360);
    setMinWidth(240);
    VBox.setVgrow(place, Priority.ALWAYS);
    HBox head =
        new HBox(
            8,
            name,
            Ui.spacer(),
            Ui.iconButton("value-panel-close", "fth-x", messages.text("close"), onClose));
    head.setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(head, detail, forms, place);
  }

  void show(GridModel model, int row, int column) {
    var head = model.column(column);
    boolean missing = model.isNull(row, column);
    value = model.text(row, column);
    name.setText(head.label());
    long full = model.fullLength(row, column);
    boolean capped = model.isCapped(row, column);
    String size =
        missing
            ? "NULL"
            : capped
                ? messages.text(
                    "value.capped", messages.number(value.length()), messages.number(full))
                : messages.count("value.characters", value.length());
    String line = messages.text("value.detail", messages.number(row + 1L), head.typeName(), size);
    detail.setText(
        head.mask().map(mask -> line + "\n" + MaskWords.sentence(mask, messages)).orElse(line));
    place.setAccessibleText(head.label());
    offer();
  }

  private void offer() {
    forms.getChildren().clear();
    chosen.getToggles().clear();
    form("text", text(value));
    Optional<JsonNode> json = ValueForms.json(value);
    json.ifPresent(node -> form("json", tree(node)));
    Optional<byte[]> binary = CellValues.bytes(value);
    byte[] bytes = binary.orElseGet(() -> value.getBytes(StandardCharsets.UTF_8));
    form("hex", text(ValueForms.hexDump(bytes)));
    if (binary.isPresent() && ValueForms.isImage(bytes)) {
      form("image", picture(bytes));
    }
    String wanted =
        binary.isPresent() && ValueForms.isImage(bytes)
            ? "image"
            : json.isPresent() && lastForm.equals("text") ? "json" : lastForm;
    chosen.getToggles().stream()
        .filter(toggle -> wanted.equals(toggle.getUserData()))
        .findFirst()
        .or(() -> chosen.getToggles().stream().findFirst())
        .ifPresent(toggle -> ((ToggleButton) toggle).fire());
  }

  private void form(String form, Node content) {
    ToggleButton button = new ToggleButton(messages.text("value.form." + form));
    button.setId("value-form-" + form);
    button.setUserData(form);
    button.setToggleGroup(chosen);
    button.getStyleClass().add("small");
    button.setOnAction(
        event -> {
          button.setSelected(true);
          lastForm = form;
          place.getChildren().setAll(content);
        });
    forms.getChildren().add(button);
  }

  private TextArea text(String shown) {
    TextArea area = new TextArea(shown.length() > SHOWN ? shown.substring(0, SHOWN) + "…" : shown);
    area.setEditable(false);
    area.setWrapText(true);
    area.getStyleClass().add("code");
    area.setAccessibleText(name.getText());
    return area;
  }

  private TreeView<String> tree(JsonNode node) {
    TreeView<String> tree = new TreeView<>(item("", node, 0));
    tree.getStyleClass().addAll("dense", "code");
    tree.setAccessibleText(name.getText());
    return tree;
  }

  private static TreeItem<String> item(String key, JsonNode node, int depth) {
    String before = key.isEmpty() ? "" : key + ": ";
    if (!node.isContainer()) {
      return new TreeItem<>(before + (node.isString() ? node.stringValue() : node.toString()));
    }
    TreeItem<String> item =
        new TreeItem<>(
            before + (node.isArray() ? "[" + node.size() + "]" : "{" + node.size() + "}"));
    item.setExpanded(depth < 3);
    int count = 0;
    if (node.isArray()) {
      for (JsonNode child : node) {
        if (count++ >= MOST_CHILDREN) {
          break;
        }
        item.getChildren().add(item(String.valueOf(count - 1), child, depth + 1));
      }
    } else {
      for (var entry : node.properties()) {
        if (count++ >= MOST_CHILDREN) {
          break;
        }
        item.getChildren().add(item(entry.getKey(), entry.getValue(), depth + 1));
      }
    }
    return item;
  }

  private static ImageView picture(byte[] bytes) {
    ImageView view =
        new ImageView(new Image(new ByteArrayInputStream(bytes), PICTURE, PICTURE, true, true));
    view.setPreserveRatio(true);
    view.setFitWidth(320);
    return view;
  }
}
