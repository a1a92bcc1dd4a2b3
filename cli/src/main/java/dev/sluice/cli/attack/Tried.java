package dev.sluice.cli.attack;

import java.util.ArrayList;
import java.util.List;

/// What came of one case, while it is tried.
final class Tried {

  private final AttackCase attack;
  private final Secrets secrets;
  private final String asked;
  private final List<String> leaks = new ArrayList<>();
  private final List<StringBuilder> columns = new ArrayList<>();
  private String wrong = "";
  private String changed = "";

  Tried(AttackCase attack, Secrets secrets) {
    this.attack = attack;
    this.secrets = secrets;
    this.asked = String.join("\n", attack.texts());
  }

  AttackCase attack() {
    return attack;
  }

  /// Looks for planted values.
  ///
  /// @param where it was found, for people
  void look(String where, @org.jspecify.annotations.Nullable String text) {
    if (secrets.in(text, asked) && !leaks.contains(where)) {
      leaks.add(where);
    }
  }

  /// A cell; what stands below one another in a column is looked at together, too.
  void cell(int column, @org.jspecify.annotations.Nullable String text) {
    look("a cell", text);
    while (columns.size() <= column) {
      columns.add(new StringBuilder());
    }
    if (text != null && text.length() <= 3 && columns.get(column).length() < 100_000) {
      columns.get(column).append(asCharacter(text));
    }
  }

  private static String asCharacter(String text) {
    if (text.matches("[0-9]{2,3}")) {
      int code = Integer.parseInt(text);
      return code >= 32 && code < 127 ? Character.toString(code) : text;
    }
    return text;
  }

  /// After the last row of a result.
  void endOfResult() {
    columns.forEach(column -> look("cells of a column together", column.toString()));
    columns.clear();
  }

  void leak(String where) {
    leaks.add(where);
  }

  void wrong(String why) {
    if (wrong.isEmpty()) {
      wrong = why;
    }
  }

  void changed(String what) {
    changed = what;
  }

  boolean leaked() {
    return !leaks.isEmpty();
  }

  boolean hasChanged() {
    return !changed.isEmpty();
  }

  boolean isWrong() {
    return !wrong.isEmpty();
  }

  /// One line for people; never a value.
  String words() {
    StringBuilder words = new StringBuilder();
    if (leaked()) {
      words.append("  leak: ").append(String.join(", ", leaks));
    }
    if (hasChanged()) {
      words.append("  changed: ").append(changed);
    }
    if (isWrong()) {
      words.append("  wrong: ").append(wrong);
    }
    return words.toString().strip();
  }
}
