package dev.sluice.app.shell;

import dev.sluice.app.fx.Messages;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// All commands in one searchable list over the window. Esc or a click beside it closes it; the
/// focus goes back to where it was.
final class Palette extends StackPane {

  private final CommandRegistry commands;
  private final TextField field = new TextField();
  private final ListView<Command> list = new ListView<>();
  private @Nullable Node focusBefore;

  Palette(CommandRegistry commands, Messages messages) {
    this.commands = commands;
    getStyleClass().add("palette-layer");
    field.setId(ControlIds.PALETTE_FIELD);
    field.setPromptText(messages.text("palette.prompt"));
    field.setAccessibleText(messages.text("palette.prompt"));
    list.setId(ControlIds.PALETTE_LIST);
    list.getStyleClass().add("palette-list");
    list.setFocusTraversable(false);
    list.setFixedCellSize(36);
    list.setPlaceholder(Ui.label(messages.text("palette.none"), "muted"));
    list.setCellFactory(view -> new Cell());
    list.setOnMouseClicked(
        event -> {
          if (event.getButton() == MouseButton.PRIMARY) {
            execute();
          }
        });
    VBox box = new VBox(8, field, list);
    box.getStyleClass().add("palette");
    box.setMaxSize(600, 440);
    StackPane.setAlignment(box, Pos.TOP_CENTER);
    getChildren().add(box);
    field.textProperty().addListener((observed, before, now) -> search(now));
    addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    setOnMousePressed(
        event -> {
          if (event.getTarget() == this) {
            close();
          }
        });
    setVisible(false);
  }

  void open() {
    if (isVisible()) {
      return;
    }
    focusBefore = getScene().getFocusOwner();
    field.clear();
    search("");
    setVisible(true);
    field.requestFocus();
  }

  void close() {
    setVisible(false);
    if (focusBefore != null) {
      focusBefore.requestFocus();
    }
  }

  private void search(String query) {
    list.getItems().setAll(commands.search(query));
    list.getSelectionModel().selectFirst();
    list.scrollTo(0);
  }

  private void key(KeyEvent event) {
    int selected = list.getSelectionModel().getSelectedIndex();
    if (event.getCode() == KeyCode.ESCAPE) {
      close();
    } else if (event.getCode() == KeyCode.DOWN) {
      select(selected + 1);
    } else if (event.getCode() == KeyCode.UP) {
      select(selected - 1);
    } else if (event.getCode() == KeyCode.ENTER) {
      execute();
    } else {
      return;
    }
    event.consume();
  }

  private void select(int index) {
    if (!list.getItems().isEmpty()) {
      list.getSelectionModel().select(Math.clamp(index, 0, list.getItems().size() - 1));
      list.scrollTo(Math.max(0, index - 4));
    }
  }

  private void execute() {
    Command chosen = list.getSelectionModel().getSelectedItem();
    close();
    if (chosen != null) {
      commands.execute(chosen.id());
    }
  }

  private static final class Cell extends ListCell<Command> {
    @Override
    protected void updateItem(Command command, boolean empty) {
      super.updateItem(command, empty);
      setText(null);
      if (empty || command == null) {
        setGraphic(null);
        return;
      }
      Label title = Ui.label(command.title());
      HBox row = new HBox(10, Ui.icon(command.icon(), "muted-icon"), title, Ui.spacer());
      row.setAlignment(Pos.CENTER_LEFT);
      if (!command.enabled()) {
        title.getStyleClass().add("muted");
        row.getChildren().add(Ui.label(command.whyDisabled().get(), "muted", "small"));
      }
      if (!command.keys().isEmpty()) {
        row.getChildren().add(Ui.label(Ui.keyWords(command.keys().getFirst()), "key-cap"));
      }
      setGraphic(row);
      setAccessibleText(command.title());
    }
  }
}
