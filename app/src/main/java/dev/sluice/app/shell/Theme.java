package dev.sluice.app.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.sluice.app.shell.Preferences.ThemeChoice;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.value.ChangeListener;
import javafx.scene.Scene;

/// Puts a theme on the windows. The base theme is one for the whole process; the house style sheet
/// is added to each scene.
public final class Theme {

  private static final String[] CLASSES = {"theme-light", "theme-dark", "theme-contrast"};

  private Theme() {}

  /// Makes a scene follow the choice and the zoom.
  public static void apply(Scene scene, ThemeChoice wanted, int zoomPercent) {
    ThemeChoice choice = shown(wanted);
    String base =
        switch (choice) {
          case SYSTEM, LIGHT -> new PrimerLight().getUserAgentStylesheet();
          case DARK, CONTRAST -> new PrimerDark().getUserAgentStylesheet();
        };
    if (!base.equals(Application.getUserAgentStylesheet())) {
      Application.setUserAgentStylesheet(base);
    }
    for (String name : List.of("workbench.css", "governance.css")) {
      String house = resource(name).toExternalForm();
      if (!scene.getStylesheets().contains(house)) {
        scene.getStylesheets().add(house);
      }
    }
    scene.getRoot().getStyleClass().removeAll(CLASSES);
    scene
        .getRoot()
        .getStyleClass()
        .add(
            switch (choice) {
              case SYSTEM, LIGHT -> CLASSES[0];
              case DARK -> CLASSES[1];
              case CONTRAST -> CLASSES[2];
            });
    scene.getRoot().setStyle("-fx-font-size: " + (13 * zoomPercent / 100.0) + "px;");
  }

  /// What a choice comes to now; never `SYSTEM`.
  public static ThemeChoice shown(ThemeChoice choice) {
    return choice == ThemeChoice.SYSTEM ? system() : choice;
  }

  private static ThemeChoice system() {
    return Platform.getPreferences().getColorScheme() == ColorScheme.DARK
        ? ThemeChoice.DARK
        : ThemeChoice.LIGHT;
  }

  /// Calls `listener` each time the system goes from light to dark or back.
  ///
  /// @return ends it
  public static Runnable onSystemChange(Runnable listener) {
    ChangeListener<ColorScheme> changed = (observed, before, now) -> listener.run();
    Platform.getPreferences().colorSchemeProperty().addListener(changed);
    return () -> Platform.getPreferences().colorSchemeProperty().removeListener(changed);
  }

  static URL resource(String name) {
    return Objects.requireNonNull(Theme.class.getResource("/dev/sluice/app/" + name), name);
  }
}
