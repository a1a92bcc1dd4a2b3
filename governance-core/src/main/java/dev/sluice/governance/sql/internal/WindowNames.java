package dev.sluice.governance.sql.internal;

import java.util.ArrayList;
import java.util.List;

/// `OVER (w ORDER BY x)` with `WINDOW w AS (PARTITION BY y)` is `OVER (PARTITION BY y ORDER BY x)`:
/// a window that builds on a named one begins with what that one says. The parser knows a name only
/// where nothing follows it.
final class WindowNames {
  private static final int MOST_STEPS = 100;

  private WindowNames() {}

  static List<GateToken> rewrite(List<GateToken> tokens) {
    if (!GateTokens.hasWord(tokens, "WINDOW")) {
      return tokens;
    }
    List<GateToken> result = tokens;
    for (int step = 0; step < MOST_STEPS; step++) {
      List<GateToken> next = once(result);
      if (next == result) {
        return result;
      }
      result = next;
    }
    return tokens;
  }

  private static List<GateToken> once(List<GateToken> tokens) {
    for (int i = 0; i + 3 < tokens.size(); i++) {
      boolean over =
          tokens.get(i).isWord("OVER") || (tokens.get(i).isWord("AS") && definition(tokens, i));
      if (!over || !tokens.get(i + 1).isMark("(") || !builds(tokens, i + 2)) {
        continue;
      }
      int named = find(tokens, i, tokens.get(i + 2));
      int close = named < 0 ? -1 : GateTokens.closing(tokens, named);
      if (close < 0) {
        continue;
      }
      List<GateToken> result = new ArrayList<>(tokens.subList(0, i + 2));
      result.addAll(tokens.subList(named + 1, close));
      result.addAll(tokens.subList(i + 3, tokens.size()));
      return result;
    }
    return tokens;
  }

  /// A name, and after it a clause: by itself a name is understood.
  private static boolean builds(List<GateToken> tokens, int at) {
    GateToken after = tokens.get(at + 1);
    boolean clause =
        after.isWord("ORDER")
            || after.isWord("ROWS")
            || after.isWord("RANGE")
            || after.isWord("GROUPS");
    return clause
        && tokens.get(at).maybeName()
        && !tokens.get(at).isWord("PARTITION")
        && !tokens.get(at).isWord("ORDER");
  }

  /// Whether this AS stands in a WINDOW clause.
  private static boolean definition(List<GateToken> tokens, int as) {
    int depth = 0;
    for (int i = as - 1; i >= 0; i--) {
      GateToken token = tokens.get(i);
      depth += GateTokens.closes(token) ? 1 : GateTokens.opens(token) ? -1 : 0;
      if (depth < 0) {
        return false;
      }
      if (depth == 0 && token.isWord("WINDOW")) {
        return true;
      }
      if (depth == 0 && (token.isWord("SELECT") || token.isWord("FROM") || token.isWord("WITH"))) {
        return false;
      }
    }
    return false;
  }

  /// The bracket after `WINDOW name AS` or `, name AS` of the same query, or -1. The clause stands
  /// behind whatever uses it, outside the brackets around that.
  private static int find(List<GateToken> tokens, int from, GateToken name) {
    int start = from;
    int depth = 0;
    for (int i = from; i >= 0; i--) {
      depth += GateTokens.closes(tokens.get(i)) ? 1 : GateTokens.opens(tokens.get(i)) ? -1 : 0;
      if (depth == 0 && tokens.get(i).isWord("SELECT")) {
        start = i;
        break;
      }
      if (depth < 0) {
        // Inside a call or brackets of the select list; the query begins further out.
        depth = 0;
      }
    }
    int window = GateTokens.find(tokens, start, queryEnd(tokens, start), "WINDOW");
    if (window < 0) {
      return -1;
    }
    int at = window + 1;
    while (GateTokens.at(tokens, at, "?", "AS", "(")) {
      if (tokens.get(at).meaning().equals(name.meaning())) {
        return at + 2;
      }
      int close = GateTokens.closing(tokens, at + 2);
      if (close < 0 || close + 1 >= tokens.size() || !tokens.get(close + 1).isMark(",")) {
        return -1;
      }
      at = close + 2;
    }
    return -1;
  }

  private static int queryEnd(List<GateToken> tokens, int start) {
    int depth = 0;
    for (int i = start; i < tokens.size(); i++) {
      depth += GateTokens.opens(tokens.get(i)) ? 1 : GateTokens.closes(tokens.get(i)) ? -1 : 0;
      boolean ends =
          depth < 0
              || (depth == 0
                  && (tokens.get(i).isWord("UNION")
                      || tokens.get(i).isWord("INTERSECT")
                      || tokens.get(i).isWord("EXCEPT")));
      if (ends) {
        return i;
      }
    }
    return tokens.size();
  }
}
