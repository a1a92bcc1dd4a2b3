package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.TokenKind;
import java.util.List;
import java.util.Set;

/// SQL Server's `OPTION (...)` at the end of a query: hints go, as all hints do. One that is more
/// than advice, as `MAXRECURSION`, stays and is refused.
final class QueryHints {
  private static final Set<String> ADVICE =
      Set.of(
          "RECOMPILE",
          "MAXDOP",
          "FAST",
          "FORCE",
          "ORDER",
          "HASH",
          "MERGE",
          "LOOP",
          "JOIN",
          "GROUP",
          "CONCAT",
          "UNION",
          "KEEP",
          "KEEPFIXED",
          "ROBUST",
          "PLAN",
          "OPTIMIZE",
          "FOR",
          "UNKNOWN",
          "NO_PERFORMANCE_SPOOL",
          "EXPAND",
          "VIEWS",
          "DISABLE_OPTIMIZED_PLAN_FORCING");

  private QueryHints() {}

  static List<GateToken> without(List<GateToken> tokens) {
    int open = tokens.size() - 1;
    while (open > 0 && !tokens.get(open).isMark("(")) {
      open--;
    }
    boolean hints =
        open > 1
            && tokens.get(open - 1).isWord("OPTION")
            && tokens.getLast().isMark(")")
            && open + 1 < tokens.size() - 1;
    if (!hints) {
      return tokens;
    }
    for (GateToken token : tokens.subList(open + 1, tokens.size() - 1)) {
      boolean advice =
          token.isMark(",")
              || token.kind() == TokenKind.NUMBER
              || (token.kind() == TokenKind.WORD && ADVICE.contains(token.meaning()));
      if (!advice) {
        return tokens;
      }
    }
    return tokens.subList(0, open - 1);
  }
}
