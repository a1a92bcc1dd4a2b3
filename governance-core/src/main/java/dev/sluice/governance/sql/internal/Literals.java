package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.AsciiCase;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.LexicalModes;
import dev.sluice.governance.sql.LexicalTrait;
import dev.sluice.governance.sql.Token;

/// Canonical spellings of literals and quoted names: the parser and the server must read the same.
final class Literals {
  private final boolean backslashEscapes;
  private final boolean backticks;
  private final boolean escapeStrings;
  private final boolean backticksKnown;

  Literals(Dialect dialect, LexicalModes modes) {
    this.backslashEscapes =
        switch (dialect) {
          case MYSQL, MARIADB -> !modes.noBackslashEscapes();
          case POSTGRESQL -> !modes.standardConformingStrings();
          case SQLITE, DUCKDB, SQLSERVER, TRINO, ANSI -> false;
        };
    this.backticksKnown = dialect.lexicalRules().has(LexicalTrait.BACKTICK_NAMES);
    this.escapeStrings = dialect.lexicalRules().has(LexicalTrait.ESCAPE_STRINGS);
    this.backticks =
        dialect.lexicalRules().has(LexicalTrait.BACKTICK_NAMES)
            && dialect.lexicalRules().has(LexicalTrait.DOUBLE_QUOTED_STRINGS);
  }

  boolean backslashEscapes() {
    return backslashEscapes;
  }

  /// The prefix that changes the type or the bytes of a string. `E` and `U&` only change its
  /// spelling, so they are gone once it is decoded; so are dollar quotes.
  static String prefix(Token token) {
    int quote = 0;
    String text = token.text();
    while (quote < text.length() && text.charAt(quote) != '\'' && text.charAt(quote) != '"') {
      if (text.charAt(quote) == '$') {
        return "";
      }
      quote++;
    }
    String prefix = AsciiCase.upper(text.substring(0, quote));
    return prefix.equals("E") || prefix.equals("U&") ? "" : prefix;
  }

  /// A backslash before a quote confuses the parser, and some characters must not stand bare in a
  /// statement; both are written as escapes where the server has them.
  String string(Token token) {
    String value = token.value();
    String prefix = prefix(token);
    boolean awkward =
        value.contains("\\'") || value.endsWith("\\") || value.chars().anyMatch(Literals::hidden);
    if (awkward && escapeStrings && prefix.isEmpty()) {
      return "E'" + escaped(value) + "'";
    }
    String doubled = value.replace("'", "''");
    return prefix + "'" + (backslashEscapes ? controls(doubled) : doubled) + "'";
  }

  private static boolean hidden(int c) {
    return (c < 0x20 && c != '\n' && c != '\t')
        || (c >= 0x7F && c <= 0x9F)
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }

  private static String escaped(String value) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        result.append("\\x5c");
      } else if (c == '\'') {
        result.append("''");
      } else if (hidden(c)) {
        result.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
      } else {
        result.append(c);
      }
    }
    return result.toString();
  }

  /// MySQL's escapes.
  private static String controls(String value) {
    return value
        .replace("\\", "\\\\")
        .replace("\0", "\\0")
        .replace("\r", "\\r")
        .replace("\b", "\\b")
        .replace("\u001A", "\\Z");
  }

  /// SQLite falls back to a string when `"x"` names no column, but never for `` `x` ``, so there
  /// the kind of quote is kept.
  String name(Token token) {
    char open = token.text().charAt(0);
    boolean backtick = backticks || ((open == '`' || open == '[') && backticksKnown);
    return backtick
        ? "`" + token.value().replace("`", "``") + "`"
        : "\"" + token.value().replace("\"", "\"\"") + "\"";
  }
}
