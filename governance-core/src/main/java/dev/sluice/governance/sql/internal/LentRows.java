package dev.sluice.governance.sql.internal;

import java.util.ArrayList;
import java.util.List;

/// PostgreSQL's `(x).*`, all fields of a row: for the parser `(sluice_row(x)).*`.
final class LentRows implements LentForms.Form {
  static final String ROW = "sluice_row";

  @Override
  public List<GateToken> lend(List<GateToken> tokens) {
    if (!GateTokens.hasMark(tokens, "*")) {
      return tokens;
    }
    List<GateToken> result = new ArrayList<>(tokens);
    for (int i = 0; i + 2 < result.size(); i++) {
      boolean star =
          result.get(i).isMark(")")
              && result.get(i + 1).isMark(".")
              && result.get(i + 2).isMark("*");
      int open = star ? opening(result, i) : -1;
      if (open < 0 || isCall(result, open, i)) {
        continue;
      }
      GateToken bracket = result.get(open);
      result.add(i, GateTokens.mark(")", bracket));
      result.add(open + 1, GateTokens.mark("(", bracket));
      result.add(open + 1, GateTokens.word(ROW, bracket));
      i += 3;
    }
    return result;
  }

  private static int opening(List<GateToken> tokens, int close) {
    int depth = 0;
    for (int i = close; i >= 0; i--) {
      depth += GateTokens.closes(tokens.get(i)) ? 1 : GateTokens.opens(tokens.get(i)) ? -1 : 0;
      if (depth == 0) {
        boolean operand = i > 0 && Spellings.endsOperand(tokens.get(i - 1));
        return operand ? -1 : i;
      }
    }
    return -1;
  }

  /// `(f(x)).*` is read as it is.
  private static boolean isCall(List<GateToken> tokens, int open, int close) {
    int name = GateTokens.nameEnd(tokens, open + 1);
    return name > open + 1
        && tokens.get(name).isMark("(")
        && GateTokens.closing(tokens, name) == close - 1;
  }

  @Override
  public List<Piece> giveBack(List<Piece> pieces) {
    return LentCall.giveBack(
        pieces, ROW, (name, arguments) -> arguments.size() == 1 ? arguments.getFirst() : null);
  }

  @Override
  public String sign() {
    return ROW;
  }
}
