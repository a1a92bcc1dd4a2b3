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

  Literals(Dialect dialect, LexicalModes modes) {
    this.backslashEscapes =
        switch (dialect) {
          case MYSQL, MARIADB -> !modes.noBackslashEscapes();
          case POSTGRESQL -> !modes.standardConformingStrings();
          case SQLITE, DUCKDB, SQLSERVER, TRINO, ANSI -> false;
        };
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

  String string(Token token) {
    return prefix(token) + "'" + escape(token.value()) + "'";
  }

  private String escape(String value) {
    String doubled = value.replace("'", "''");
    return backslashEscapes ? doubled.replace("\\", "\\\\").replace("\0", "\\0") : doubled;
  }

  /// SQLite falls back to a string when `"x"` names no column, but never for `` `x` ``, so there
  /// the kind of quote is kept.
  String name(Token token) {
    char open = token.text().charAt(0);
    boolean backtick = backticks || open == '`' || open == '[';
    return backtick
        ? "`" + token.value().replace("`", "``") + "`"
        : "\"" + token.value().replace("\"", "\"\"") + "\"";
  }
}
