package dev.sluice.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// One mapping of the file, with what was read from it.
final class ConfigSection {
  private final String place;
  private final Map<?, ?> values;
  private final Set<String> read = new HashSet<>();

  ConfigSection(String place, Object value) throws ServerConfigFile.Unreadable {
    this.place = place;
    if (!(value instanceof Map<?, ?> map)) {
      throw new ServerConfigFile.Unreadable(place + ": a mapping is expected here.");
    }
    this.values = map;
  }

  ConfigSection section(String name) throws ServerConfigFile.Unreadable {
    read.add(name);
    Object value = values.get(name);
    return new ConfigSection(place + ": " + name, value == null ? Map.of() : value);
  }

  List<ConfigSection> sections(String name) throws ServerConfigFile.Unreadable {
    read.add(name);
    Object value = values.get(name);
    List<ConfigSection> sections = new ArrayList<>();
    if (value == null) {
      return sections;
    }
    if (!(value instanceof List<?> items)) {
      throw problem(name, "a list");
    }
    for (Object item : items) {
      sections.add(new ConfigSection(place + ": " + name + "[" + sections.size() + "]", item));
    }
    return sections;
  }

  String text(String name) throws ServerConfigFile.Unreadable {
    String text = text(name, "");
    if (text.isEmpty()) {
      throw problem(name, "a text");
    }
    return text;
  }

  String text(String name, String otherwise) throws ServerConfigFile.Unreadable {
    read.add(name);
    Object value = values.get(name);
    return switch (value) {
      case null -> otherwise;
      case String text -> text;
      default -> throw problem(name, "a text");
    };
  }

  int number(String name, int otherwise) throws ServerConfigFile.Unreadable {
    read.add(name);
    Object value = values.get(name);
    return switch (value) {
      case null -> otherwise;
      case Integer number -> number;
      default -> throw problem(name, "a whole number");
    };
  }

  /// Whether the key is there at all.
  boolean has(String name) {
    return values.containsKey(name);
  }

  boolean flag(String name, boolean otherwise) throws ServerConfigFile.Unreadable {
    read.add(name);
    Object value = values.get(name);
    return switch (value) {
      case null -> otherwise;
      case Boolean truth -> truth;
      default -> throw problem(name, "true or false");
    };
  }

  List<String> texts(String name) throws ServerConfigFile.Unreadable {
    read.add(name);
    Object value = values.get(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> items && items.stream().allMatch(String.class::isInstance)) {
      return items.stream().map(String.class::cast).toList();
    }
    throw problem(name, "a list of texts");
  }

  String secret(String name, Map<String, String> environment) throws ServerConfigFile.Unreadable {
    String variable = text(name);
    String secret = environment.get(variable);
    if (secret == null || secret.isEmpty()) {
      throw problem(name, "the environment variable " + variable + " to be set");
    }
    return secret;
  }

  <T> T checked(Reading<T> reading) throws ServerConfigFile.Unreadable {
    try {
      return reading.from(this);
    } catch (IllegalArgumentException e) {
      throw new ServerConfigFile.Unreadable(place + ": " + e.getMessage());
    }
  }

  ServerConfigFile.Unreadable problem(String name, String expected) {
    return new ServerConfigFile.Unreadable(place + ": " + name + ": expected " + expected + ".");
  }

  void nothingElse() throws ServerConfigFile.Unreadable {
    for (Object key : values.keySet()) {
      if (!read.contains(String.valueOf(key))) {
        throw new ServerConfigFile.Unreadable(place + ": the key \"" + key + "\" is not known.");
      }
    }
  }

  /// The keys that stand here.
  List<String> names() {
    return values.keySet().stream().map(String::valueOf).toList();
  }

  /// A mapping of names to one text or a list of texts.
  Map<String, Set<String>> textsByName(String name) throws ServerConfigFile.Unreadable {
    ConfigSection section = section(name);
    Map<String, Set<String>> texts = new LinkedHashMap<>();
    for (Object key : section.values.keySet()) {
      String word = String.valueOf(key);
      texts.put(
          word,
          section.values.get(key) instanceof String
              ? Set.of(section.text(word))
              : Set.copyOf(section.texts(word)));
    }
    return texts;
  }

  /// A length of time such as `5m` or `8h`.
  Duration duration(String name, Duration otherwise) throws ServerConfigFile.Unreadable {
    String text = text(name, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches("[1-9][0-9]{0,4}[smh]")) {
      throw problem(name, "a length of time such as 5m or 8h");
    }
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }

  interface Reading<T> {
    T from(ConfigSection section) throws ServerConfigFile.Unreadable;
  }
}
