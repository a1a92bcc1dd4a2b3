package dev.sluice.app.shell;

import dev.sluice.app.shell.Preferences.ThemeChoice;
import dev.sluice.gateway.managed.ManagedSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Preferences that an administrator of the machine laid down; a person cannot change them.
///
/// @param values by name, all known and possible
/// @param by the file that says so
public record LockedPreferences(Map<String, String> values, String by) {

  private static final Set<String> NAMES =
      Set.of("theme", "zoom", "language", "notices", ManagedSettings.OWN_CONNECTIONS);

  public LockedPreferences {
    values = Map.copyOf(values);
  }

  public static LockedPreferences none() {
    return new LockedPreferences(Map.of(), "");
  }

  /// Takes them out of the managed settings.
  ///
  /// @throws IllegalArgumentException for a name or a value that nobody knows: a misspelt lock must
  ///     not be a missing lock. The message is fit for people.
  public static LockedPreferences of(ManagedSettings settings) {
    String file = settings.source().map(String::valueOf).orElse("the managed settings");
    settings
        .preferences()
        .forEach(
            (name, value) -> {
              if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                    file
                        + ": nobody knows the preference "
                        + name
                        + ". There are: "
                        + NAMES.stream().sorted().collect(Collectors.joining(", "))
                        + ".");
              }
              if (!possible(name, value)) {
                throw new IllegalArgumentException(
                    file + ": preferences." + name + " cannot be \"" + value + "\".");
              }
            });
    return new LockedPreferences(settings.preferences(), file);
  }

  private static boolean possible(String name, String value) {
    return switch (name) {
      case "theme" ->
          Arrays.stream(ThemeChoice.values())
              .anyMatch(choice -> choice.name().equals(value.toUpperCase(Locale.ROOT)));
      case "zoom" -> value.matches("1[0-9][0-9]|200");
      case "language" -> Set.of("", "en", "de").contains(value);
      case "notices" -> Set.of("on", "off").contains(value);
      case ManagedSettings.OWN_CONNECTIONS -> Set.of("allowed", "forbidden").contains(value);
      default -> false;
    };
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }
}
