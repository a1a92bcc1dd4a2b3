package dev.sluice.governance.sql.internal;

import java.util.ArrayList;
import java.util.List;

/// MySQL's `CONVERT(x, type)`: for the parser `TRY_CAST(x AS type)`, which MySQL does not have.
final class LentConversions implements LentForms.Form {

  @Override
  public List<GateToken> lend(List<GateToken> tokens) {
    if (!GateTokens.hasWord(tokens, "CONVERT")) {
      return tokens;
    }
    List<GateToken> result = new ArrayList<>(tokens);
    for (int i = 0; i + 1 < result.size(); i++) {
      if (!GateTokens.at(result, i, "CONVERT", "(") || (i > 0 && result.get(i - 1).isMark("."))) {
        continue;
      }
      int comma = GateTokens.elementEnd(result, i + 2);
      int close = GateTokens.closing(result, i + 1);
      if (comma < close && GateTokens.elementEnd(result, comma + 1) == close) {
        result.set(i, GateTokens.word("TRY_CAST", result.get(i)));
        result.set(comma, GateTokens.word("AS", result.get(comma)));
      }
    }
    return result;
  }

  @Override
  public List<Piece> giveBack(List<Piece> pieces) {
    List<Piece> result = new ArrayList<>(pieces);
    for (int i = 0; i + 1 < result.size(); i++) {
      if (!Piece.at(result, i, "TRY_CAST", "(")) {
        continue;
      }
      int close = Piece.closing(result, i + 1);
      int depth = 0;
      for (int at = close - 1; at > i + 1; at--) {
        String text = result.get(at).text();
        depth += text.equals(")") ? 1 : text.equals("(") ? -1 : 0;
        if (depth == 0 && result.get(at).word().equals("AS")) {
          result.set(i, Piece.word("CONVERT"));
          result.set(at, new Piece(",", "", false));
          break;
        }
      }
    }
    return result;
  }

  @Override
  public String sign() {
    return "TRY_CAST";
  }
}
