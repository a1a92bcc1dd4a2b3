package dev.sluice.app.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.sluice.app.shell.Preferences.ThemeChoice;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.scene.Scene;

/// Puts a theme on the windows. The base theme is one for the whole process; the house style sheet
/// is added to each scene.
public final class Theme {

  private static final String[] CLASSES = {"theme-light", "theme-dark", "theme-contrast"};

  private Theme() {}

  /// Makes a scene follow the choice and the zoom.
  public static void apply(Scene scene, ThemeChoice choice, int zoomPercent) {
    String base =
        switch (choice) {
          case LIGHT -> new PrimerLight().getUserAgentStylesheet();
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
              case LIGHT -> CLASSES[0];
              case DARK -> CLASSES[1];
              case CONTRAST -> CLASSES[2];
            });
    scene.getRoot().setStyle("-fx-font-size: " + (13 * zoomPercent / 100.0) + "px;");
  }

  static URL resource(String name) {
    return Objects.requireNonNull(Theme.class.getResource("/dev/sluice/app/" + name), name);
  }
}
