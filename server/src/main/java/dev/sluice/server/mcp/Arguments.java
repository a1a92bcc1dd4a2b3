package dev.sluice.server.mcp;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Arguments of one call, read by their declared shape: nothing unknown, nothing of another type,
/// nothing larger than it may be.
final class Arguments {

  /// The longest statement that the lexer takes, in characters.
  static final int LONGEST_SQL = 256 * 1024;

  private static final int LONGEST_NAME = 200;

  private final Map<String, Object> values;

  /// @throws BadArguments for a name that the tool does not know
  Arguments(@Nullable Map<String, Object> values, Set<String> known) throws BadArguments {
    this.values = values == null ? Map.of() : values;
    for (String name : this.values.keySet()) {
      if (!known.contains(name)) {
        throw new BadArguments(
            "There is no argument \""
                + Untrusted.visible(name, 40)
                + "\". This tool takes: "
                + (known.isEmpty() ? "none" : String.join(", ", known.stream().sorted().toList()))
                + ".");
      }
    }
  }

  String sql() throws BadArguments {
    return text("sql", LONGEST_SQL)
        .orElseThrow(() -> new BadArguments("\"sql\" is missing: the statement as text."));
  }

  String connection() throws BadArguments {
    return text("connection", LONGEST_NAME)
        .orElseThrow(
            () -> new BadArguments("\"connection\" is missing: a name from list_connections."));
  }

  Optional<String> name(String name) throws BadArguments {
    return text(name, LONGEST_NAME);
  }

  Optional<String> words(String name) throws BadArguments {
    return text(name, 4000);
  }

  private Optional<String> text(String name, int longest) throws BadArguments {
    Object value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof String text)) {
      throw new BadArguments("\"" + name + "\" is not a text.");
    }
    if (text.length() > longest) {
      throw new BadArguments(
          "\"" + name + "\" has " + text.length() + " characters; " + longest + " are the most.");
    }
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }

  int number(String name, int otherwise, int most) throws BadArguments {
    Object value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!(value instanceof Number number)
        || number.doubleValue() != Math.rint(number.doubleValue())
        || number.doubleValue() < 1
        || number.doubleValue() > most) {
      throw new BadArguments("\"" + name + "\" is a whole number from 1 to " + most + ".");
    }
    return number.intValue();
  }
}
