package dev.sluice.app.settings;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Preferences;
import dev.sluice.app.shell.Preferences.ThemeChoice;
import dev.sluice.app.shell.Ui;
import dev.sluice.app.shell.WindowContext;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Appearance, language and every key in one page.
public final class SettingsView {

  private final Messages messages;
  private final Preferences preferences;
  private final ScrollPane root;

  public SettingsView(WindowContext context) {
    this.messages = context.messages();
    this.preferences = context.preferences();
    ChoiceBox<ThemeChoice> theme = new ChoiceBox<>();
    theme.setId(ControlIds.SETTINGS_THEME);
    theme.getItems().setAll(ThemeChoice.values());
    theme.setConverter(
        Ui.words(
            choice -> messages.text("settings.theme." + choice.name().toLowerCase(Locale.ROOT))));
    theme.valueProperty().bindBidirectional(preferences.themeProperty());
    ChoiceBox<Integer> zoom = new ChoiceBox<>();
    zoom.setId(ControlIds.SETTINGS_ZOOM);
    zoom.getItems().setAll(100, 110, 125, 150, 175, 200);
    zoom.setConverter(Ui.words(percent -> percent + " %"));
    zoom.valueProperty().bindBidirectional(preferences.zoomProperty());
    ChoiceBox<String> language = new ChoiceBox<>();
    language.setId(ControlIds.SETTINGS_LANGUAGE);
    language.getItems().setAll("", "en", "de");
    language.setConverter(
        Ui.words(
            tag ->
                tag.isEmpty()
                    ? messages.text("settings.language.system")
                    : Locale.forLanguageTag(tag).getDisplayLanguage(Locale.forLanguageTag(tag))));
    language.valueProperty().bindBidirectional(preferences.languageProperty());

    CheckBox notices = new CheckBox(messages.text("settings.notices.words"));
    notices.setId(ControlIds.SETTINGS_NOTICES);
    notices.selectedProperty().bindBidirectional(preferences.noticesProperty());

    VBox page =
        new VBox(
            22,
            Ui.label(messages.text("settings.title"), "screen-title"),
            section(
                "settings.appearance",
                row("settings.theme", theme),
                row("settings.zoom", zoom),
                row("settings.language", language),
                Ui.label(messages.text("settings.language.later"), "muted", "small"),
                row("settings.notices", notices)),
            section("settings.keys", new KeyMap(context)));
    preferences
        .ownConnectionsForbiddenBy()
        .ifPresent(
            by ->
                page.getChildren()
                    .add(
                        2,
                        section(
                            "direct.title",
                            new HBox(
                                8,
                                Ui.icon("fth-lock", "muted-icon"),
                                Ui.paragraph(messages.text("settings.own-connections", by))))));
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

  /// A preference; one that an administrator locked says who did.
  private HBox row(String key, Node control) {
    String preference = key.substring("settings.".length());
    var name = Ui.label(messages.text(key));
    name.setLabelFor(control);
    name.setPrefWidth(180);
    control.setAccessibleText(messages.text(key));
    HBox row = new HBox(12, name, control);
    preferences
        .lockedBy(preference)
        .ifPresent(
            by -> {
              control.setDisable(true);
              String why = messages.text("settings.locked", by);
              control.setAccessibleText(messages.text(key) + ". " + why);
              row.getChildren()
                  .addAll(Ui.icon("fth-lock", "muted-icon"), Ui.paragraph(why, "muted", "small"));
            });
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }
}
