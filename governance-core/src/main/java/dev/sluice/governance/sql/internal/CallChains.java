package dev.sluice.governance.sql.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// DuckDB's `name.upper()` is `upper(name)`, by definition of its function chaining. A first name
/// that is a schema of functions is left alone.
final class CallChains {
  private static final Set<String> SCHEMAS =
      Set.of("MAIN", "SYSTEM", "TEMP", "PG_CATALOG", "INFORMATION_SCHEMA", "MEMORY");

  private CallChains() {}

  static List<GateToken> rewrite(List<GateToken> tokens) {
    List<GateToken> result = tokens;
    for (int i = 0; i + 2 < result.size(); i++) {
      boolean begins =
          result.get(i).maybeName()
              && (i == 0 || !result.get(i - 1).isMark("."))
              && result.get(i + 1).isMark(".")
              && !SCHEMAS.contains(dev.sluice.governance.sql.AsciiCase.upper(result.get(i).text()))
              && !inFrom(result, i);
      int end = begins ? GateTokens.nameEnd(result, i) : -1;
      if (end < i + 3 || end >= result.size() || !result.get(end).isMark("(")) {
        continue;
      }
      result = chained(result, i, end);
    }
    return result;
  }

  /// Where a call is one of a table function.
  private static boolean inFrom(List<GateToken> tokens, int at) {
    return at > 0
        && (tokens.get(at - 1).isWord("FROM")
            || tokens.get(at - 1).isWord("JOIN")
            || tokens.get(at - 1).isWord("INTO")
            || tokens.get(at - 1).isWord("TABLE")
            || tokens.get(at - 1).isWord("CALL"));
  }

  /// @param from where the value begins
  /// @param open the bracket of the first call
  private static List<GateToken> chained(List<GateToken> tokens, int from, int open) {
    List<GateToken> value = new ArrayList<>(tokens.subList(from, open - 2));
    int name = open - 1;
    int bracket = open;
    while (true) {
      int close = GateTokens.closing(tokens, bracket);
      if (close < 0) {
        return tokens;
      }
      GateToken called = tokens.get(name);
      List<GateToken> call = new ArrayList<>();
      call.add(called);
      call.add(tokens.get(bracket));
      call.addAll(value);
      if (close > bracket + 1) {
        call.add(GateTokens.mark(",", called));
        call.addAll(tokens.subList(bracket + 1, close));
      }
      call.add(tokens.get(close));
      value = call;
      boolean another =
          close + 3 < tokens.size()
              && tokens.get(close + 1).isMark(".")
              && tokens.get(close + 2).maybeName()
              && tokens.get(close + 3).isMark("(");
      if (!another) {
        List<GateToken> result = new ArrayList<>(tokens.subList(0, from));
        result.addAll(value);
        result.addAll(tokens.subList(close + 1, tokens.size()));
        return result;
      }
      name = close + 2;
      bracket = close + 3;
    }
  }
}
