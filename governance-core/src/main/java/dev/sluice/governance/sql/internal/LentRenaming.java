package dev.sluice.governance.sql.internal;

import java.util.ArrayList;
import java.util.List;

/// DuckDB's `* RENAME (a AS b)`: for the parser `* REPLACE (sluice_renamed(a) AS b)`.
final class LentRenaming implements LentForms.Form {
  static final String RENAMED = "sluice_renamed";

  @Override
  public List<GateToken> lend(List<GateToken> tokens) {
    if (!GateTokens.hasWord(tokens, "RENAME")) {
      return tokens;
    }
    List<GateToken> result = new ArrayList<>(tokens);
    for (int i = 1; i + 1 < result.size(); i++) {
      boolean renaming =
          GateTokens.at(result, i, "RENAME", "(")
              && (result.get(i - 1).isMark("*") || result.get(i - 1).isMark(")"));
      int close = renaming ? GateTokens.closing(result, i + 1) : -1;
      if (close < 0) {
        continue;
      }
      GateToken verb = result.get(i);
      List<GateToken> lent = new ArrayList<>();
      lent.add(GateTokens.word("REPLACE", verb));
      for (GateToken token : result.subList(i + 1, close)) {
        if (token.isWord("AS")) {
          lent.add(GateTokens.mark(")", token));
        }
        lent.add(token);
        if (token.isMark("(") || token.isMark(",")) {
          lent.add(GateTokens.word(RENAMED, token));
          lent.add(GateTokens.mark("(", token));
        }
      }
      result.subList(i, close).clear();
      result.addAll(i, lent);
    }
    return result;
  }

  @Override
  public List<Piece> giveBack(List<Piece> pieces) {
    List<Piece> result =
        LentCall.giveBack(
            pieces, RENAMED, (name, arguments) -> arguments.size() == 1 ? marked(arguments) : null);
    List<Piece> back = new ArrayList<>(result.size());
    for (int i = 0; i < result.size(); i++) {
      if (Piece.at(result, i, "REPLACE", "(", RENAMED)) {
        back.add(Piece.word("RENAME"));
      } else if (!result.get(i).text().equals(RENAMED)) {
        back.add(result.get(i));
      }
    }
    return back;
  }

  /// The argument behind a mark, so that the verb before the bracket can be told.
  private static List<Piece> marked(List<List<Piece>> arguments) {
    List<Piece> back = new ArrayList<>();
    back.add(new Piece(RENAMED, "", true));
    back.addAll(arguments.getFirst());
    return back;
  }

  @Override
  public String sign() {
    return RENAMED;
  }
}
