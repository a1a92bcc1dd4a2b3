package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Short forms written out, each by the definition that the engine's manual gives. The long form is
/// what is analysed and what is sent.
final class Shorthands {
  /// After SELECT they advise the optimizer or the query cache and change no row.
  private static final Set<String> MYSQL_ADVICE =
      Set.of(
          "HIGH_PRIORITY",
          "STRAIGHT_JOIN",
          "SQL_SMALL_RESULT",
          "SQL_BIG_RESULT",
          "SQL_BUFFER_RESULT",
          "SQL_CACHE",
          "SQL_NO_CACHE");

  private Shorthands() {}

  static List<GateToken> rewrite(List<GateToken> tokens, Dialect dialect) {
    List<GateToken> windows = WindowNames.rewrite(tokens);
    return switch (dialect) {
      case POSTGRESQL -> jsonEntries(emptySelects(substrings(windows)), dialect);
      case TRINO -> jsonEntries(windows, dialect);
      case MYSQL, MARIADB -> deletes(withoutAdvice(SystemVariables.withoutSessionScope(windows)));
      case DUCKDB ->
          samples(
              excluded(
                  substrings(
                      filters(
                          CallChains.rewrite(NamesFirst.rewrite(windows, NamesFirst.DUCKDB))))));
      case SQLSERVER -> QueryHints.without(NamesFirst.rewrite(windows, NamesFirst.SQLSERVER));
      case SQLITE, ANSI -> windows;
    };
  }

  /// `substring(x FOR n)` is `substring(x FROM 1 FOR n)`.
  private static List<GateToken> substrings(List<GateToken> tokens) {
    if (!GateTokens.hasWord(tokens, "SUBSTRING")) {
      return tokens;
    }
    List<GateToken> result = new ArrayList<>(tokens);
    for (int i = result.size() - 2; i >= 0; i--) {
      if (!GateTokens.at(result, i, "SUBSTRING", "(")) {
        continue;
      }
      int close = GateTokens.closing(result, i + 1);
      int count = close < 0 ? -1 : GateTokens.find(result, i + 2, close, "FOR");
      if (count > i + 2 && GateTokens.find(result, i + 2, close, "FROM") < 0) {
        GateToken word = result.get(count);
        result.add(count, GateTokens.number("1", word));
        result.add(count, GateTokens.word("FROM", word));
      }
    }
    return result;
  }

  /// `FILTER (x)` is `FILTER (WHERE x)`.
  private static List<GateToken> filters(List<GateToken> tokens) {
    if (!GateTokens.hasWord(tokens, "FILTER")) {
      return tokens;
    }
    List<GateToken> result = new ArrayList<>(tokens.size() + 1);
    for (int i = 0; i < tokens.size(); i++) {
      result.add(tokens.get(i));
      boolean bare =
          i > 1
              && tokens.get(i).isMark("(")
              && tokens.get(i - 1).isWord("FILTER")
              && tokens.get(i - 2).isMark(")")
              && i + 1 < tokens.size()
              && !tokens.get(i + 1).isWord("WHERE");
      if (bare) {
        result.add(GateTokens.word("WHERE", tokens.get(i)));
      }
    }
    return result;
  }

  /// Under EXISTS it does not matter what is selected, so nothing at all is `1`.
  private static List<GateToken> emptySelects(List<GateToken> tokens) {
    if (!GateTokens.hasWord(tokens, "EXISTS")) {
      return tokens;
    }
    List<GateToken> result = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      result.add(tokens.get(i));
      if (i >= 2
          && tokens.get(i).isWord("SELECT")
          && GateTokens.at(tokens, i - 2, "EXISTS", "(", "SELECT", "FROM")) {
        result.add(GateTokens.number("1", tokens.get(i)));
      }
    }
    return result;
  }

  /// Whether the colon here separates key and value of a JSON constructor.
  static boolean jsonEntry(List<GateToken> tokens, int colon, Dialect dialect) {
    if (dialect != Dialect.POSTGRESQL && dialect != Dialect.TRINO) {
      return false;
    }
    int depth = 0;
    for (int i = colon - 1; i > 0; i--) {
      depth += GateTokens.closes(tokens.get(i)) ? 1 : GateTokens.opens(tokens.get(i)) ? -1 : 0;
      if (depth < 0) {
        return tokens.get(i).isMark("(")
            && (tokens.get(i - 1).isWord("JSON_OBJECT")
                || tokens.get(i - 1).isWord("JSON_OBJECTAGG"));
      }
    }
    return false;
  }

  /// `json_object(k : v)` is `json_object(k VALUE v)`.
  private static List<GateToken> jsonEntries(List<GateToken> tokens, Dialect dialect) {
    if (!GateTokens.hasMark(tokens, ":")) {
      return tokens;
    }
    List<GateToken> result = new ArrayList<>(tokens);
    for (int i = 0; i < result.size(); i++) {
      if (result.get(i).isMark(":") && jsonEntry(result, i, dialect)) {
        result.set(i, GateTokens.word("VALUE", result.get(i)));
      }
    }
    return result;
  }

  private static List<GateToken> withoutAdvice(List<GateToken> tokens) {
    List<GateToken> result = new ArrayList<>(tokens.size());
    for (GateToken token : tokens) {
      boolean advice =
          token.kind() == TokenKind.WORD
              && MYSQL_ADVICE.contains(token.meaning())
              && !result.isEmpty()
              && (result.getLast().isWord("SELECT") || result.getLast().isWord("DISTINCT"));
      if (!advice) {
        result.add(token);
      }
    }
    return result;
  }

  /// `DELETE FROM a USING refs` is `DELETE a FROM refs`.
  private static List<GateToken> deletes(List<GateToken> tokens) {
    if (!GateTokens.at(tokens, 0, "DELETE", "FROM")) {
      return tokens;
    }
    int using = GateTokens.find(tokens, 2, tokens.size(), "USING");
    int firstClause = GateTokens.find(tokens, 2, tokens.size(), "WHERE");
    int join = GateTokens.find(tokens, 2, tokens.size(), "JOIN");
    boolean multi =
        using > 2 && (firstClause < 0 || using < firstClause) && (join < 0 || using < join);
    if (!multi) {
      return tokens;
    }
    List<GateToken> result = new ArrayList<>(tokens.size());
    result.add(tokens.getFirst());
    result.addAll(tokens.subList(2, using));
    result.add(GateTokens.word("FROM", tokens.get(using)));
    result.addAll(tokens.subList(using + 1, tokens.size()));
    return result;
  }

  /// `* EXCLUDE x` is `* EXCLUDE (x)`.
  private static List<GateToken> excluded(List<GateToken> tokens) {
    if (!GateTokens.hasWord(tokens, "EXCLUDE")) {
      return tokens;
    }
    List<GateToken> result = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      result.add(tokens.get(i));
      boolean bare =
          i > 0
              && tokens.get(i).isWord("EXCLUDE")
              && tokens.get(i - 1).isMark("*")
              && i + 1 < tokens.size()
              && tokens.get(i + 1).maybeName();
      if (bare) {
        int end = GateTokens.nameEnd(tokens, i + 1);
        result.add(GateTokens.mark("(", tokens.get(i)));
        result.addAll(tokens.subList(i + 1, end));
        result.add(GateTokens.mark(")", tokens.get(i)));
        i = end - 1;
      }
    }
    return result;
  }

  /// `TABLESAMPLE 10%`, `TABLESAMPLE 10 PERCENT` and `TABLESAMPLE (10 PERCENT)` sample by system.
  private static List<GateToken> samples(List<GateToken> tokens) {
    if (!GateTokens.hasWord(tokens, "TABLESAMPLE")) {
      return tokens;
    }
    List<GateToken> result = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      GateToken token = tokens.get(i);
      result.add(token);
      if (!token.isWord("TABLESAMPLE")) {
        continue;
      }
      boolean bracket = i + 1 < tokens.size() && tokens.get(i + 1).isMark("(");
      int number = bracket ? i + 2 : i + 1;
      boolean percent =
          number + 1 < tokens.size()
              && tokens.get(number).kind() == TokenKind.NUMBER
              && (tokens.get(number + 1).isMark("%") || tokens.get(number + 1).isWord("PERCENT"))
              && (!bracket || Spellings.markAt(tokens, number + 2, ")"));
      if (percent) {
        result.add(GateTokens.word("SYSTEM", token));
        result.add(GateTokens.mark("(", token));
        result.add(tokens.get(number));
        result.add(GateTokens.word("PERCENT", token));
        result.add(GateTokens.mark(")", token));
        i = bracket ? number + 2 : number + 1;
      }
    }
    return result;
  }
}
