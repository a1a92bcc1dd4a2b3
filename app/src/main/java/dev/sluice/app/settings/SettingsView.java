package dev.sluice.app.settings;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Command;
import dev.sluice.app.shell.CommandRegistry;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Preferences;
import dev.sluice.app.shell.Preferences.ThemeChoice;
import dev.sluice.app.shell.Ui;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/// Appearance, language and every key in one page.
public final class SettingsView {

  private final Messages messages;
  private final ScrollPane root;

  public SettingsView(Preferences preferences, CommandRegistry commands, Messages messages) {
    this.messages = messages;
    ChoiceBox<ThemeChoice> theme = new ChoiceBox<>();
    theme.setId(ControlIds.SETTINGS_THEME);
    theme.getItems().setAll(ThemeChoice.values());
    theme.setConverter(
        words(choice -> messages.text("settings.theme." + choice.name().toLowerCase(Locale.ROOT))));
    theme.valueProperty().bindBidirectional(preferences.themeProperty());
    ChoiceBox<Integer> zoom = new ChoiceBox<>();
    zoom.setId(ControlIds.SETTINGS_ZOOM);
    zoom.getItems().setAll(100, 110, 125, 150, 175, 200);
    zoom.setConverter(words(percent -> percent + " %"));
    zoom.valueProperty().bindBidirectional(preferences.zoomProperty());
    ChoiceBox<String> language = new ChoiceBox<>();
    language.setId(ControlIds.SETTINGS_LANGUAGE);
    language.getItems().setAll("", "en", "de");
    language.setConverter(
        words(
            tag ->
                tag.isEmpty()
                    ? messages.text("settings.language.system")
                    : Locale.forLanguageTag(tag).getDisplayLanguage(Locale.forLanguageTag(tag))));
    language.valueProperty().bindBidirectional(preferences.languageProperty());

    GridPane keys = new GridPane(24, 9);
    keys(keys, commands, "");
    VBox page =
        new VBox(
            22,
            Ui.label(messages.text("settings.title"), "screen-title"),
            section(
                "settings.appearance",
                row("settings.theme", theme),
                row("settings.zoom", zoom),
                row("settings.language", language),
                Ui.label(messages.text("settings.language.later"), "muted", "small")),
            section("settings.keys", keySearch(commands, keys), keys));
    page.getStyleClass().add("settings");
    page.setMaxWidth(760);
    HBox center = new HBox(page);
    center.setAlignment(Pos.TOP_CENTER);
    HBox.setHgrow(page, javafx.scene.layout.Priority.ALWAYS);
    root = new ScrollPane(center);
    root.setFitToWidth(true);
    root.getStyleClass().add("edge-to-edge");
  }

  public Parent root() {
    return root;
  }

  private VBox section(String key, Node... content) {
    VBox box = new VBox(12, Ui.label(messages.text(key), "section-title"));
    box.getChildren().addAll(content);
    box.getStyleClass().add("settings-section");
    return box;
  }

  private HBox row(String key, Node control) {
    var name = Ui.label(messages.text(key));
    name.setLabelFor(control);
    name.setPrefWidth(180);
    control.setAccessibleText(messages.text(key));
    HBox row = new HBox(12, name, control);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private TextField keySearch(CommandRegistry commands, GridPane keys) {
    TextField search = new TextField();
    search.setId("settings-search");
    search.setPromptText(messages.text("settings.search"));
    search.setAccessibleText(messages.text("settings.search"));
    search.setMaxWidth(340);
    search.textProperty().addListener((observed, before, now) -> keys(keys, commands, now));
    return search;
  }

  /// Commands with a key whose name or key holds what is looked for.
  private static void keys(GridPane grid, CommandRegistry commands, String wanted) {
    grid.getChildren().clear();
    String folded = wanted.strip().toLowerCase(Locale.ROOT);
    int line = 0;
    for (Command command : commands.all()) {
      String keys = String.join(" ", command.keys().stream().map(Ui::keyWords).toList());
      String all = (command.title() + " " + keys).toLowerCase(Locale.ROOT);
      if (!command.keys().isEmpty() && all.contains(folded)) {
        HBox caps = new HBox(6);
        command
            .keys()
            .forEach(key -> caps.getChildren().add(Ui.label(Ui.keyWords(key), "key-cap")));
        grid.addRow(line++, Ui.label(command.title()), caps);
      }
    }
  }

  private static <T> StringConverter<T> words(java.util.function.Function<T, String> name) {
    return new StringConverter<>() {
      @Override
      public String toString(T value) {
        return value == null ? "" : name.apply(value);
      }

      @Override
      public T fromString(String text) {
        throw new UnsupportedOperationException("Choices are not typed.");
      }
    };
  }
}
