package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.TokenKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Elements of a select list that begin with their name: DuckDB's `n: x` and SQL Server's `n = x`
/// are `x AS n`. In SQL Server no comparison stands in a select list, so the mark can be nothing
/// else.
final class NamesFirst {
  static final String DUCKDB = ":";
  static final String SQLSERVER = "=";

  private static final Set<String> AFTER_LIST =
      Set.of(
          "FROM",
          "INTO",
          "WHERE",
          "GROUP",
          "HAVING",
          "QUALIFY",
          "WINDOW",
          "ORDER",
          "LIMIT",
          "OFFSET",
          "FETCH",
          "UNION",
          "INTERSECT",
          "EXCEPT",
          "OPTION",
          "FOR",
          "USING");

  private NamesFirst() {}

  /// @param mark what stands between name and expression
  static List<GateToken> rewrite(List<GateToken> tokens, String mark) {
    if (!GateTokens.hasMark(tokens, mark)) {
      return tokens;
    }
    List<GateToken> result = new ArrayList<>(tokens);
    // From the back, so that what is still to be looked at stays where it is.
    for (int select = result.size() - 1; select >= 0; select--) {
      if (beginsList(result, select)) {
        elements(result, select, mark);
      }
    }
    return result;
  }

  /// Where marks stand behind names of elements.
  static Set<Integer> marks(List<GateToken> tokens, String mark) {
    Set<Integer> found = new HashSet<>();
    for (int select = 0; select < tokens.size(); select++) {
      if (beginsList(tokens, select)) {
        int at = firstElement(tokens, select);
        while (at < tokens.size()) {
          if (GateTokens.at(tokens, at, "?", mark)) {
            found.add(at + 1);
          }
          int end = end(tokens, at);
          at = Spellings.markAt(tokens, end, ",") ? end + 1 : tokens.size();
        }
      }
    }
    return found;
  }

  private static boolean beginsList(List<GateToken> tokens, int at) {
    return tokens.get(at).isWord("SELECT") && (at == 0 || !tokens.get(at - 1).isMark("."));
  }

  private static void elements(List<GateToken> tokens, int select, String mark) {
    int at = firstElement(tokens, select);
    while (at < tokens.size()) {
      int end = end(tokens, at);
      if (GateTokens.at(tokens, at, "?", mark) && at + 2 < end) {
        GateToken name = tokens.get(at);
        GateToken between = GateTokens.word("AS", tokens.get(at + 1));
        List<GateToken> expression = List.copyOf(tokens.subList(at + 2, end));
        tokens.subList(at, end).clear();
        tokens.addAll(at, expression);
        tokens.add(at + expression.size(), between);
        tokens.add(at + expression.size() + 1, name);
      }
      at = Spellings.markAt(tokens, end, ",") ? end + 1 : tokens.size();
    }
  }

  /// Behind DISTINCT and `TOP (n) PERCENT WITH TIES`.
  private static int firstElement(List<GateToken> tokens, int select) {
    int at = select + 1;
    if (GateTokens.at(tokens, at, "DISTINCT")) {
      at++;
      if (GateTokens.at(tokens, at, "ON", "(")) {
        at = Math.max(at, GateTokens.closing(tokens, at + 1)) + 1;
      }
    }
    boolean number =
        at + 1 < tokens.size()
            && tokens.get(at).isWord("TOP")
            && tokens.get(at + 1).kind() == TokenKind.NUMBER;
    if (number) {
      at += 2;
    } else if (GateTokens.at(tokens, at, "TOP", "(")) {
      at = Math.max(at, GateTokens.closing(tokens, at + 1)) + 1;
    }
    at += GateTokens.at(tokens, at, "PERCENT") ? 1 : 0;
    return at + (GateTokens.at(tokens, at, "WITH", "TIES") ? 2 : 0);
  }

  private static int end(List<GateToken> tokens, int from) {
    int last = GateTokens.elementEnd(tokens, from);
    int depth = 0;
    for (int i = from; i < last; i++) {
      GateToken token = tokens.get(i);
      depth += GateTokens.opens(token) ? 1 : GateTokens.closes(token) ? -1 : 0;
      boolean after =
          depth == 0 && token.kind() == TokenKind.WORD && AFTER_LIST.contains(token.meaning());
      if (after && !(token.isWord("FROM") && i > from && tokens.get(i - 1).isWord("DISTINCT"))) {
        return i;
      }
    }
    return last;
  }
}
