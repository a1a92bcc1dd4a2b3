package dev.sluice.app.shell;

import dev.sluice.gateway.managed.ManagedSettings;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.Property;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// What a person prefers on this machine. Kept in one small file; where that cannot be written,
/// preferences last as long as the window.
public final class Preferences {

  private static final Logger LOG = System.getLogger(Preferences.class.getName());

  private final Path file;
  private final LockedPreferences locked;
  private final Map<String, String> keys = new TreeMap<>();
  private Properties own = new Properties();
  private final ObjectProperty<ThemeChoice> theme = new SimpleObjectProperty<>(ThemeChoice.SYSTEM);
  private final ObjectProperty<Integer> zoom = new SimpleObjectProperty<>(100);
  private final BooleanProperty notices = new SimpleBooleanProperty(true);
  private final StringProperty language = new SimpleStringProperty("");

  public enum ThemeChoice {
    /// As the system is now, and when it changes.
    SYSTEM,
    LIGHT,
    DARK,
    CONTRAST
  }

  private Preferences(Path file, LockedPreferences locked) {
    this.file = file;
    this.locked = locked;
  }

  /// Reads the file, if there is one; unknown values fall back to the defaults.
  public static Preferences load(Path directory) {
    return load(directory, LockedPreferences.none());
  }

  /// As above; what is locked is as the administrator says, whatever is set here.
  public static Preferences load(Path directory, LockedPreferences locked) {
    Preferences preferences = new Preferences(directory.resolve("preferences.properties"), locked);
    preferences.read();
    preferences.follow("theme", preferences.theme);
    preferences.follow("zoom", preferences.zoom);
    preferences.follow("notices", preferences.notices);
    preferences.follow("language", preferences.language);
    return preferences;
  }

  private <T> void follow(String name, Property<T> property) {
    T laidDown = property.getValue();
    boolean fixed = locked.value(name).isPresent();
    property.addListener(
        (observed, before, now) -> {
          if (!fixed) {
            write();
          } else if (now != null && !now.equals(laidDown)) {
            property.setValue(laidDown);
          }
        });
  }

  /// Who locked a preference: the administrator's file; empty when a person may change it.
  public Optional<String> lockedBy(String name) {
    return locked.value(name).map(value -> locked.by());
  }

  /// Who forbids connections with logins of one's own: the administrator's file; empty when they
  /// are allowed.
  public Optional<String> ownConnectionsForbiddenBy() {
    return locked
        .value(ManagedSettings.OWN_CONNECTIONS)
        .filter(value -> !value.equals("allowed"))
        .map(value -> locked.by());
  }

  /// A person's own keys, by command; an empty text means none.
  public Map<String, String> keys() {
    return Map.copyOf(keys);
  }

  /// Gives a command other keys than its own.
  public void key(String command, String key) {
    keys.put(command, key);
    write();
  }

  /// Gives a command its own keys again.
  public void ownKey(String command) {
    keys.remove(command);
    write();
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

  /// Whether the system's own notices call while somebody looks elsewhere.
  public BooleanProperty noticesProperty() {
    return notices;
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
    own = properties;
    properties
        .stringPropertyNames()
        .forEach(
            name -> {
              if (name.startsWith("key.")) {
                keys.put(name.substring("key.".length()), properties.getProperty(name));
              }
            });
    String wanted = read("theme", "").toUpperCase(Locale.ROOT);
    for (ThemeChoice choice : ThemeChoice.values()) {
      if (choice.name().equals(wanted)) {
        theme.set(choice);
      }
    }
    notices.set(!read("notices", "on").equals("off"));
    language.set(read("language", ""));
    try {
      zoom.set(Math.clamp(Integer.parseInt(read("zoom", "100")), 100, 200));
    } catch (NumberFormatException e) {
      zoom.set(100);
    }
  }

  private String read(String name, String otherwise) {
    return locked.value(name).orElse(own.getProperty(name, otherwise));
  }

  /// What is locked stays in the file as the person had it.
  private void put(Properties properties, String name, String value) {
    if (locked.value(name).isEmpty()) {
      properties.setProperty(name, value);
    } else if (own.getProperty(name) != null) {
      properties.setProperty(name, own.getProperty(name));
    }
  }

  private void write() {
    Properties properties = new Properties();
    put(properties, "theme", theme.get().name().toLowerCase(Locale.ROOT));
    put(properties, "zoom", String.valueOf(zoom.get()));
    put(properties, "notices", notices.get() ? "on" : "off");
    put(properties, "language", language.get());
    keys.forEach((command, key) -> properties.setProperty("key." + command, key));
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
