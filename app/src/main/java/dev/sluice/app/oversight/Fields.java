package dev.sluice.app.oversight;

import dev.sluice.app.shell.Ui;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Fields with their names above them.
final class Fields {

  private Fields() {}

  static VBox named(String name, Node field) {
    return new VBox(3, Ui.label(name, "field-label"), field);
  }

  static VBox beside(Node... buttons) {
    HBox row = new HBox(8, buttons);
    row.setAlignment(Pos.CENTER_LEFT);
    VBox box = new VBox(3, Ui.label(" ", "field-label"), row);
    box.setAlignment(Pos.BOTTOM_LEFT);
    return box;
  }
}
