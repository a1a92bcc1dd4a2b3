package dev.sluice.app.results;

import dev.sluice.app.shell.ControlIds;
import java.util.function.Consumer;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;

/// A field over one cell of the grid. Enter, Tab, and a click elsewhere take what was typed; Esc
/// does not.
final class CellEditor extends TextField {

  private Consumer<String> onCommit = value -> {};
  private Runnable onDone = () -> {};
  private String before = "";

  CellEditor() {
    setId(ControlIds.CELL_EDITOR);
    setManaged(false);
    setVisible(false);
    getStyleClass().addAll("cell-editor", "code");
    setOnKeyPressed(
        event -> {
          if (event.getCode() == KeyCode.ESCAPE) {
            cancel();
            event.consume();
          } else if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.TAB) {
            commit();
            event.consume();
          }
        });
    focusedProperty()
        .addListener(
            (observed, was, now) -> {
              if (!now) {
                commit();
              }
            });
  }

  /// @param name of the cell, for assistive technology
  /// @param onDone called when the field is gone again
  void open(
      double x,
      double y,
      double width,
      double height,
      String text,
      String name,
      Consumer<String> onCommit,
      Runnable onDone) {
    this.onCommit = onCommit;
    this.onDone = onDone;
    before = text;
    setText(text);
    setAccessibleText(name);
    setVisible(true);
    resizeRelocate(x, y, width, height);
    requestFocus();
    if (text.length() == 1) {
      end();
      before = "";
    } else {
      selectAll();
    }
  }

  /// Takes what was typed; what was not touched is not taken.
  void commit() {
    if (!isVisible()) {
      return;
    }
    String typed = getText();
    hideAway();
    if (!typed.equals(before)) {
      onCommit.accept(typed);
    }
  }

  void cancel() {
    if (isVisible()) {
      hideAway();
    }
  }

  private void hideAway() {
    boolean focused = isFocused();
    setVisible(false);
    if (focused) {
      onDone.run();
    }
  }
}
