package dev.sluice.app.settings;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Command;
import dev.sluice.app.shell.CommandRegistry;
import dev.sluice.app.shell.Preferences;
import dev.sluice.app.shell.Ui;
import dev.sluice.app.shell.WindowContext;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination.ModifierValue;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Every command with its keys: searched by word or key, changed by pressing another one.
final class KeyMap extends VBox {

  private final CommandRegistry commands;
  private final Preferences preferences;
  private final Messages messages;
  private final TextField search = new TextField();
  private final Label words = Ui.paragraph("", "muted", "small");
  private final GridPane grid = new GridPane(24, 7);

  KeyMap(WindowContext context) {
    super(12);
    commands = context.commands();
    preferences = context.preferences();
    messages = context.messages();
    search.setId("settings-search");
    search.setPromptText(messages.text("settings.search"));
    search.setAccessibleText(messages.text("settings.search"));
    search.setMaxWidth(340);
    search.textProperty().addListener((observed, before, now) -> list());
    words.setText(messages.text("settings.keys.hint"));
    getChildren().addAll(search, words, grid);
    list();
  }

  private void list() {
    grid.getChildren().clear();
    String wanted = search.getText().strip().toLowerCase(Locale.ROOT);
    int line = 0;
    for (Command command : commands.all()) {
      String all = (command.title() + " " + caps(command)).toLowerCase(Locale.ROOT);
      if (all.contains(wanted)) {
        grid.addRow(line++, Ui.label(command.title()), row(command));
      }
    }
  }

  private static String caps(Command command) {
    return String.join("  ", command.keys().stream().map(Ui::keyWords).toList());
  }

  private HBox row(Command command) {
    String shown = command.keys().isEmpty() ? messages.text("settings.keys.none") : caps(command);
    Button key = Ui.button("key-" + command.id().replace('.', '-'), shown, "", () -> {});
    key.getStyleClass().addAll("small", "key-cap");
    key.setAccessibleText(messages.text("settings.keys.change", command.title(), shown));
    key.setOnAction(event -> listen(command, key));
    HBox row = new HBox(6, key);
    row.setAlignment(Pos.CENTER_LEFT);
    if (!commands.isStandard(command)) {
      row.getChildren()
          .add(
              Ui.iconButton(
                  "key-reset",
                  "fth-rotate-ccw",
                  messages.text("settings.keys.reset", command.title()),
                  () -> {
                    commands.unbind(command.id());
                    preferences.ownKey(command.id());
                    list();
                  }));
    }
    return row;
  }

  /// The next key that is pressed on the button is the command's; Esc leaves it as it is, Backspace
  /// takes it away.
  private void listen(Command command, Button key) {
    key.setText(messages.text("settings.keys.press"));
    key.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode().isModifierKey()) {
            return;
          }
          event.consume();
          if (event.getCode() == KeyCode.ESCAPE) {
            list();
          } else if (event.getCode() == KeyCode.BACK_SPACE) {
            take(command, "");
          } else {
            take(command, written(event));
          }
        });
    key.focusedProperty()
        .addListener(
            (observed, before, now) -> {
              if (!now) {
                list();
              }
            });
  }

  private void take(Command command, String key) {
    Optional<Command> other =
        key.isEmpty()
            ? Optional.empty()
            : commands.holding(key).filter(found -> !found.id().equals(command.id()));
    if (other.isPresent()) {
      words.setText(messages.text("settings.keys.taken", Ui.keyWords(key), other.get().title()));
      list();
      return;
    }
    if (!key.isEmpty() && !key.contains("+") && !key.matches("F[0-9]{1,2}|Esc")) {
      words.setText(messages.text("settings.keys.plain"));
      list();
      return;
    }
    commands.rebind(command.id(), key);
    preferences.key(command.id(), key);
    words.setText(messages.text("settings.keys.hint"));
    list();
  }

  private static String written(KeyEvent event) {
    return new KeyCodeCombination(
            event.getCode(),
            held(event.isShiftDown()),
            ModifierValue.UP,
            held(event.isAltDown()),
            ModifierValue.UP,
            held(event.isShortcutDown()))
        .getName();
  }

  private static ModifierValue held(boolean down) {
    return down ? ModifierValue.DOWN : ModifierValue.UP;
  }
}
