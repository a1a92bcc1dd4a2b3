package dev.sluice.governance.sql.internal.resolve;

import dev.sluice.governance.sql.Dialect;

/// How names are written and compared in a dialect.
///
/// Only ASCII letters are folded: where an engine folds more, the name is not found here and the
/// statement is refused.
public final class Identifiers {
  private final Dialect dialect;

  public Identifiers(Dialect dialect) {
    this.dialect = dialect;
  }

  /// The name as the dialect stores it when written like this: without quotes, folded if it was not
  /// quoted and the dialect folds.
  public String stored(String written) {
    if (quoted(written)) {
      return unquoted(written);
    }
    return dialect == Dialect.POSTGRESQL ? lower(written) : written;
  }

  /// The name as a result label: as [#stored].
  public String label(String written) {
    return stored(written);
  }

  /// Whether a stored name is meant by another stored name.
  public boolean same(String left, String right) {
    return left.equals(right) || (!caseSensitive() && equalsIgnoringAsciiCase(left, right));
  }

  /// Whether quoted names are compared exactly.
  public boolean caseSensitive() {
    return dialect == Dialect.POSTGRESQL;
  }

  public static boolean quoted(String written) {
    if (written.length() < 2) {
      return false;
    }
    char first = written.charAt(0);
    char last = written.charAt(written.length() - 1);
    return (first == '"' && last == '"')
        || (first == '`' && last == '`')
        || (first == '[' && last == ']')
        || (first == '\'' && last == '\'');
  }

  public static String unquoted(String written) {
    if (!quoted(written)) {
      return written;
    }
    char last = written.charAt(written.length() - 1);
    String inner = written.substring(1, written.length() - 1);
    String mark = String.valueOf(last);
    return inner.replace(mark + mark, mark);
  }

  public static String lower(String text) {
    StringBuilder lower = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        if (lower == null) {
          lower = new StringBuilder(text);
        }
        lower.setCharAt(i, (char) (c + 32));
      }
    }
    return lower == null ? text : lower.toString();
  }

  static boolean equalsIgnoringAsciiCase(String left, String right) {
    if (left.length() != right.length()) {
      return false;
    }
    for (int i = 0; i < left.length(); i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b && fold(a) != fold(b)) {
        return false;
      }
    }
    return true;
  }

  private static char fold(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }
}
