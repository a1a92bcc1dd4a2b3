package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.AsciiCase;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Puts quotes around words that are names for the server but not for the parser: keywords of other
/// engines, and characters that the parser cuts names at. Quoted, with the server's own folding
/// applied, a name stays the same name.
final class NameQuoting {
  /// Words that the parser takes for keywords everywhere.
  private static final Set<String> PARSER_KEYWORDS =
      Recogniser.words(
          """
          ABSENT CONNECT_BY_ROOT CSV DISTINCTROW ERRORS EXCLUDES EXTEND FBV FINAL FORCE ILIKE IMPORT
          INCLUDES LATERAL MINUS NOCYCLE OUTPUT PIVOT PREFERRING PREWHERE PRIOR RETURNING RETURNS
          SAMPLE SCRIPT SEMI SETTINGS SQL_CACHE SQL_CALC_FOUND_ROWS SQL_NO_CACHE STATEMENT
          TABLESAMPLE UNPIVOT USE VERIFY XOR
          """);

  /// Words that cannot be a name for the parser even after a dot or AS.
  private static final Set<String> NEVER_A_NAME =
      Recogniser.words(
          """
          AND AS BETWEEN BOTH CHECK CONSTRAINT CROSS DISTINCT ELSE EXCEPT EXISTS FALSE FETCH FOR
          FOREIGN FULL HAVING INNER INTERSECT INTO IS JOIN LIKE NATURAL NULL ONLY OR OUTER TRAILING
          TRUE UNBOUNDED UNION UNIQUE UNKNOWN USING WHEN WHERE WINDOW XMLSERIALIZE CURRENT ALL
          SELECT FROM
          """);

  private static final Set<String> CASTS =
      Set.of("CAST", "TRY_CAST", "SAFE_CAST", "CONVERT", "TREAT", "XMLSERIALIZE", "XMLELEMENT");

  private NameQuoting() {}

  static List<GateToken> rewrite(List<GateToken> tokens, Dialect dialect) {
    Set<String> own = ownKeywords(dialect);
    List<GateToken> result = new ArrayList<>(tokens.size());
    List<Boolean> castBrackets = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      GateToken token = tokens.get(i);
      if (token.isMark("(")) {
        castBrackets.add(
            i > 0
                && tokens.get(i - 1).kind() == TokenKind.WORD
                && CASTS.contains(tokens.get(i - 1).meaning()));
      } else if (token.isMark(")") && !castBrackets.isEmpty()) {
        castBrackets.removeLast();
      }
      boolean inCast = !castBrackets.isEmpty() && castBrackets.getLast();
      boolean quote =
          token.kind() == TokenKind.WORD
              && ((PARSER_KEYWORDS.contains(token.meaning()) && !own.contains(token.meaning()))
                  || (dialect == Dialect.DUCKDB && token.isWord("DIV"))
                  || oddCharacters(token.text())
                  || namePlace(tokens, i, dialect, inCast));
      result.add(quote ? quoted(token, dialect) : token);
    }
    return result;
  }

  /// After a dot every engine here takes any word as a name; after AS PostgreSQL and DuckDB do.
  private static boolean namePlace(
      List<GateToken> tokens, int at, Dialect dialect, boolean inCast) {
    String word = tokens.get(at).meaning();
    if (at == 0 || !(NEVER_A_NAME.contains(word) || PARSER_KEYWORDS.contains(word))) {
      return false;
    }
    GateToken before = tokens.get(at - 1);
    boolean call = at + 1 < tokens.size() && tokens.get(at + 1).isMark("(");
    if (before.isMark(".")) {
      return !call && at > 1 && tokens.get(at - 2).maybeName();
    }
    boolean anyLabel =
        dialect == Dialect.POSTGRESQL || dialect == Dialect.DUCKDB || dialect == Dialect.ANSI;
    return anyLabel && before.isWord("AS") && !inCast && !call;
  }

  /// Letters, digits and underscores are names for both sides.
  private static boolean oddCharacters(String name) {
    char first = name.charAt(0);
    if (first >= '0' && first <= '9') {
      return true;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '#'
              || c == '@';
      if (!plain) {
        return true;
      }
    }
    return false;
  }

  private static GateToken quoted(GateToken token, Dialect dialect) {
    String name = dialect == Dialect.POSTGRESQL ? AsciiCase.lower(token.text()) : token.text();
    String text =
        switch (dialect) {
          case MYSQL, MARIADB, SQLITE -> "`" + name + "`";
          case POSTGRESQL, DUCKDB, SQLSERVER, TRINO, ANSI -> "\"" + name + "\"";
        };
    Token meaning =
        new Token(TokenKind.QUOTED_NAME, text, token.origin().start(), token.origin().end(), name);
    return new GateToken(TokenKind.QUOTED_NAME, text, GateToken.meaningOf(meaning), token.origin());
  }

  /// Those of the parser's keywords that are keywords of the engine's queries, too.
  private static Set<String> ownKeywords(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL -> Set.of("ABSENT", "ILIKE", "LATERAL", "RETURNING", "TABLESAMPLE");
      case MYSQL ->
          Set.of(
              "DISTINCTROW",
              "FORCE",
              "LATERAL",
              "RETURNING",
              "SQL_CACHE",
              "SQL_CALC_FOUND_ROWS",
              "SQL_NO_CACHE",
              "USE",
              "XOR",
              "ABSENT");
      case MARIADB ->
          Set.of(
              "DISTINCTROW",
              "FORCE",
              "LATERAL",
              "MINUS",
              "RETURNING",
              "SQL_CACHE",
              "SQL_CALC_FOUND_ROWS",
              "SQL_NO_CACHE",
              "USE",
              "XOR",
              "ABSENT");
      case SQLITE -> Set.of("RETURNING");
      case DUCKDB ->
          Set.of(
              "ABSENT",
              "ILIKE",
              "LATERAL",
              "PIVOT",
              "RETURNING",
              "SAMPLE",
              "SEMI",
              "TABLESAMPLE",
              "UNPIVOT");
      case SQLSERVER ->
          Set.of("ABSENT", "FORCE", "OUTPUT", "PIVOT", "TABLESAMPLE", "UNPIVOT", "USE");
      case TRINO ->
          Set.of("ABSENT", "FINAL", "LATERAL", "TABLESAMPLE", "ERRORS", "PIVOT", "UNPIVOT");
      case ANSI ->
          Set.of(
              "ABSENT",
              "DISTINCTROW",
              "FORCE",
              "ILIKE",
              "LATERAL",
              "MINUS",
              "PIVOT",
              "RETURNING",
              "SQL_CACHE",
              "SQL_CALC_FOUND_ROWS",
              "SQL_NO_CACHE",
              "TABLESAMPLE",
              "UNPIVOT",
              "USE",
              "XOR");
    };
  }
}
