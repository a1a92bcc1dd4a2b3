package dev.sluice.app.editor;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Ui;
import java.util.Optional;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.stage.Popup;
import org.fxmisc.richtext.CodeArea;

/// Suggestions at the caret. The editor keeps the focus; arrows, Enter and Tab choose, Esc closes.
final class CompletionPopup {

  private static final double ROW_HEIGHT = 26;
  private static final int SHOWN_ROWS = 10;

  private final CodeArea area;
  private final CompletionViewModel model;
  private final Messages messages;
  private final Popup popup = new Popup();
  private final ListView<Suggestion> list = new ListView<>();
  private int from;

  CompletionPopup(CodeArea area, CompletionViewModel model, Messages messages) {
    this.area = area;
    this.model = model;
    this.messages = messages;
    list.setId(ControlIds.COMPLETION_LIST);
    list.getStyleClass().add("completion-list");
    list.setFixedCellSize(ROW_HEIGHT);
    list.setPrefWidth(460);
    list.setFocusTraversable(false);
    list.setAccessibleText(messages.text("completion.name"));
    list.setCellFactory(view -> new Cell());
    list.setOnMouseClicked(
        event -> {
          if (event.getButton() == MouseButton.PRIMARY) {
            choose();
          }
        });
    popup.setAutoHide(true);
    popup.getContent().add(list);
    area.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    area.plainTextChanges()
        .subscribe(
            change -> {
              if (popup.isShowing()) {
                open();
              }
            });
  }

  void open() {
    model.request(this::show);
  }

  void hide() {
    popup.hide();
  }

  private void show(Completion.Answer answer) {
    from = answer.from();
    list.getItems().setAll(answer.suggestions());
    if (answer.suggestions().isEmpty() || area.getScene() == null) {
      popup.hide();
      return;
    }
    list.getSelectionModel().selectFirst();
    list.scrollTo(0);
    list.setPrefHeight(Math.min(SHOWN_ROWS, answer.suggestions().size()) * ROW_HEIGHT + 4);
    Optional<Bounds> caret = area.getCaretBounds();
    if (caret.isPresent() && !popup.isShowing()) {
      popup.show(area, caret.get().getMinX(), caret.get().getMaxY() + 2);
    }
  }

  private void key(KeyEvent event) {
    if (!popup.isShowing()) {
      return;
    }
    switch (event.getCode()) {
      case DOWN -> move(event, 1);
      case UP -> move(event, -1);
      case PAGE_DOWN -> move(event, SHOWN_ROWS);
      case PAGE_UP -> move(event, -SHOWN_ROWS);
      case ENTER, TAB -> {
        if (!event.isShortcutDown()) {
          choose();
          event.consume();
        }
      }
      case ESCAPE -> {
        popup.hide();
        event.consume();
      }
      case LEFT, RIGHT, HOME, END -> popup.hide();
      default -> {
        // Every other key goes on to the text.
      }
    }
  }

  private void move(KeyEvent event, int by) {
    int next = list.getSelectionModel().getSelectedIndex() + by;
    int last = list.getItems().size() - 1;
    list.getSelectionModel().select(Math.clamp(next, 0, last));
    list.scrollTo(Math.max(0, list.getSelectionModel().getSelectedIndex() - SHOWN_ROWS / 2));
    event.consume();
  }

  private void choose() {
    Suggestion chosen = list.getSelectionModel().getSelectedItem();
    popup.hide();
    if (chosen != null && from <= area.getCaretPosition()) {
      area.replaceText(from, area.getCaretPosition(), chosen.insert());
      popup.hide();
    }
  }

  private final class Cell extends ListCell<Suggestion> {
    @Override
    protected void updateItem(Suggestion item, boolean empty) {
      super.updateItem(item, empty);
      setText(null);
      if (empty || item == null) {
        setGraphic(null);
        return;
      }
      HBox row =
          new HBox(8, Ui.icon(item.kind().icon(), "muted-icon"), Ui.label(item.label(), "code"));
      row.setAlignment(Pos.CENTER_LEFT);
      if (item.masked()) {
        var glyph = Ui.icon("fth-eye-off", "verdict-masked");
        glyph.setAccessibleText(messages.text("verdict-masked"));
        row.getChildren().add(glyph);
      }
      row.getChildren().addAll(Ui.spacer(), Ui.label(item.detail(), "muted", "small"));
      setGraphic(row);
    }
  }
}
