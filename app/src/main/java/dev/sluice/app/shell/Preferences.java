package dev.sluice.app.shell;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Properties;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// What a person prefers on this machine. Kept in one small file; where that cannot be written,
/// preferences last as long as the window.
public final class Preferences {

  private static final Logger LOG = System.getLogger(Preferences.class.getName());

  private final Path file;
  private final ObjectProperty<ThemeChoice> theme = new SimpleObjectProperty<>(ThemeChoice.LIGHT);
  private final ObjectProperty<Integer> zoom = new SimpleObjectProperty<>(100);
  private final StringProperty language = new SimpleStringProperty("");

  public enum ThemeChoice {
    LIGHT,
    DARK,
    CONTRAST
  }

  private Preferences(Path file) {
    this.file = file;
  }

  /// Reads the file, if there is one; unknown values fall back to the defaults.
  public static Preferences load(Path directory) {
    Preferences preferences = new Preferences(directory.resolve("preferences.properties"));
    preferences.read();
    preferences.theme.addListener((observed, before, now) -> preferences.write());
    preferences.zoom.addListener((observed, before, now) -> preferences.write());
    preferences.language.addListener((observed, before, now) -> preferences.write());
    return preferences;
  }

  public ObjectProperty<ThemeChoice> themeProperty() {
    return theme;
  }

  /// Percent, 100 to 200.
  public ObjectProperty<Integer> zoomProperty() {
    return zoom;
  }

  /// A language tag, empty for the system's.
  public StringProperty languageProperty() {
    return language;
  }

  private void read() {
    Properties properties = new Properties();
    if (Files.isReadable(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        LOG.log(Level.WARNING, "Preferences cannot be read; defaults are used.", e);
      }
    }
    String wanted = properties.getProperty("theme", "").toUpperCase(Locale.ROOT);
    for (ThemeChoice choice : ThemeChoice.values()) {
      if (choice.name().equals(wanted)) {
        theme.set(choice);
      }
    }
    language.set(properties.getProperty("language", ""));
    try {
      int percent = Integer.parseInt(properties.getProperty("zoom", "100"));
      zoom.set(Math.clamp(percent, 100, 200));
    } catch (NumberFormatException e) {
      zoom.set(100);
    }
  }

  private void write() {
    Properties properties = new Properties();
    properties.setProperty("theme", theme.get().name().toLowerCase(Locale.ROOT));
    properties.setProperty("zoom", String.valueOf(zoom.get()));
    properties.setProperty("language", language.get());
    try {
      StringWriter text = new StringWriter();
      properties.store(text, null);
      Files.createDirectories(file.getParent());
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, text.toString());
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Preferences cannot be kept.", e);
    }
  }
}
