package dev.sluice.app.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Changes one word of one rule in a policy's text and leaves everything else, comments and order
/// too, as it was written. What is not written as one key a line is not touched: it is changed in
/// the text.
final class RuleText {

  private static final Pattern KEY = Pattern.compile("^( *(?:- +)?)([A-Za-z-]+):(.*)$");

  private RuleText() {}

  /// Where a rule stands.
  ///
  /// @param first line of the rule, from 0
  /// @param end line after its last
  /// @param indent of its keys
  private record Place(int first, int end, int indent) {}

  /// The text with a key of a rule set.
  ///
  /// @param value as YAML; null takes the key away
  /// @return empty when the rule or the key is written in a form that is only changed by hand
  static Optional<String> with(
      String yaml, String rule, String key, @org.jspecify.annotations.Nullable String value) {
    List<String> lines = new ArrayList<>(List.of(yaml.split("\n", -1)));
    Optional<Place> place = find(lines, rule);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    Place at = place.get();
    for (int line = at.first(); line < at.end(); line++) {
      Matcher matcher = KEY.matcher(lines.get(line));
      boolean own =
          matcher.matches()
              && matcher.group(1).length() == at.indent()
              && matcher.group(2).equals(key);
      if (own) {
        boolean goesOn =
            line + 1 < at.end()
                && !lines.get(line + 1).isBlank()
                && leading(lines.get(line + 1)) > at.indent();
        Optional<String> after = afterValue(matcher.group(3));
        if (goesOn || after.isEmpty() || (value == null && line == at.first())) {
          return Optional.empty();
        }
        if (value == null) {
          lines.remove(line);
        } else {
          lines.set(line, matcher.group(1) + key + ": " + value + after.get());
        }
        return Optional.of(String.join("\n", lines));
      }
    }
    if (value != null) {
      lines.add(lastKey(lines, at) + 1, " ".repeat(at.indent()) + key + ": " + value);
    }
    return Optional.of(String.join("\n", lines));
  }

  /// Whether a key of a rule can be changed here.
  static boolean changeable(String yaml, String rule, String key) {
    return with(yaml, rule, key, "x").isPresent();
  }

  /// A text as YAML, on one line.
  static String quoted(String text) {
    return "'" + text.replaceAll("\\s+", " ").replace("'", "''") + "'";
  }

  private static Optional<Place> find(List<String> lines, String rule) {
    boolean inRules = false;
    int first = -1;
    int indent = 0;
    for (int at = 0; at <= lines.size(); at++) {
      String line = at < lines.size() ? lines.get(at) : "end:";
      boolean words = !line.isBlank() && !line.strip().startsWith("#");
      boolean top = words && leading(line) == 0 && !line.startsWith("-");
      boolean item = inRules && words && line.strip().startsWith("- ");
      if (first >= 0 && (top || (item && leading(line) < indent))) {
        if (isRule(lines, first, at, indent, rule)) {
          return Optional.of(new Place(first, at, indent));
        }
        first = -1;
      }
      if (top) {
        inRules = line.replaceFirst("#.*", "").strip().equals("rules:");
      } else if (item && first < 0) {
        Matcher key = KEY.matcher(line);
        if (key.matches()) {
          first = at;
          indent = key.group(1).length();
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isRule(List<String> lines, int from, int to, int indent, String rule) {
    for (int at = from; at < to; at++) {
      Matcher key = KEY.matcher(lines.get(at));
      if (key.matches() && key.group(1).length() == indent && key.group(2).equals("id")) {
        String id = key.group(3).replaceFirst(" #.*", "").strip();
        return id.equals(rule) || id.equals(quoted(rule)) || id.equals("\"" + rule + "\"");
      }
    }
    return false;
  }

  private static int lastKey(List<String> lines, Place at) {
    int last = at.first();
    for (int line = at.first(); line < at.end(); line++) {
      boolean words = !lines.get(line).isBlank() && !lines.get(line).strip().startsWith("#");
      if (words) {
        last = line;
      }
    }
    return last;
  }

  /// What stands after the value on its line: blanks and a comment. Empty when the value does not
  /// end on this line.
  private static Optional<String> afterValue(String rest) {
    String value = rest.strip();
    if (value.isEmpty() || value.startsWith("#") || "|>&*!{[".indexOf(value.charAt(0)) >= 0) {
      return Optional.empty();
    }
    int begin = rest.indexOf(value.charAt(0));
    char mark = value.charAt(0);
    int end = begin + 1;
    if (mark == '\'' || mark == '"') {
      while (end < rest.length() && rest.charAt(end) != mark) {
        boolean escaped = mark == '"' && rest.charAt(end) == '\\';
        end += escaped ? 2 : 1;
        boolean doubled = mark == '\'' && end + 1 < rest.length() && rest.startsWith("''", end);
        end += doubled ? 2 : 0;
      }
      return end < rest.length() ? Optional.of(rest.substring(end + 1)) : Optional.empty();
    }
    int comment = rest.indexOf(" #", begin);
    return Optional.of(comment < 0 ? "" : rest.substring(comment));
  }

  private static int leading(String line) {
    return line.length() - line.stripLeading().length();
  }
}
