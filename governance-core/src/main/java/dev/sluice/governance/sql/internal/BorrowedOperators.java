package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Lexer;
import dev.sluice.governance.sql.LexicalModes;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;

/// Operators that the parser knows only under the name that another engine gives them. They are
/// lent that name for the parser and get their own back in everything that is printed. Each lent
/// name means nothing else in the dialect, so the way back is unambiguous: DuckDB has no DIV (a
/// column of that name is quoted before), SQLite's REGEXP has no function behind it and is refused.
final class BorrowedOperators {
  private BorrowedOperators() {}

  static List<GateToken> lend(List<GateToken> tokens, Dialect dialect) {
    List<GateToken> result = new ArrayList<>(tokens);
    result.replaceAll(
        token -> {
          if (dialect == Dialect.DUCKDB && token.isMark("//")) {
            return new GateToken(token.kind(), "DIV", "//", token.origin());
          }
          if (dialect == Dialect.SQLITE && token.isWord("GLOB")) {
            return new GateToken(token.kind(), "REGEXP", "GLOB", token.origin());
          }
          return token;
        });
    return result;
  }

  static String giveBack(String printed, Dialect dialect, LexicalModes modes) {
    String lent =
        switch (dialect) {
          case DUCKDB -> "DIV";
          case SQLITE -> "REGEXP";
          case POSTGRESQL, MYSQL, MARIADB, SQLSERVER, TRINO, ANSI -> "";
        };
    if (lent.isEmpty() || !printed.contains(lent)) {
      return printed;
    }
    StringBuilder result = new StringBuilder();
    for (Token token : Lexer.lex(printed, dialect, modes).tokens()) {
      boolean returned = token.kind() == TokenKind.WORD && token.text().equals(lent);
      result.append(returned ? (lent.equals("DIV") ? "//" : "GLOB") : token.text());
    }
    return result.toString();
  }
}
