package dev.sluice.governance.sql.internal;

import java.util.ArrayList;
import java.util.List;

/// SQLite's `INDEXED BY x` and `NOT INDEXED` after a table: for the parser MySQL's index hints.
final class LentIndexChoice implements LentForms.Form {
  private static final String NONE = "sluice_none";

  @Override
  public List<GateToken> lend(List<GateToken> tokens) {
    if (!GateTokens.hasWord(tokens, "INDEXED")) {
      return tokens;
    }
    List<GateToken> result = new ArrayList<>(tokens.size());
    int at = 0;
    while (at < tokens.size()) {
      GateToken token = tokens.get(at);
      boolean afterName =
          at > 0
              && tokens.get(at - 1).maybeName()
              && !Keywords.beginsOperand(tokens.get(at - 1).meaning());
      if (afterName && GateTokens.at(tokens, at, "INDEXED", "BY", "?")) {
        hint("USE", tokens.get(at + 2), token, result);
        at += 3;
      } else if (afterName && GateTokens.at(tokens, at, "NOT", "INDEXED")) {
        hint("IGNORE", GateTokens.word(NONE, token), token, result);
        at += 2;
      } else {
        result.add(tokens.get(at++));
      }
    }
    return result;
  }

  private static void hint(String verb, GateToken index, GateToken place, List<GateToken> result) {
    result.add(GateTokens.word(verb, place));
    result.add(GateTokens.word("INDEX", place));
    result.add(GateTokens.mark("(", place));
    result.add(index);
    result.add(GateTokens.mark(")", place));
  }

  @Override
  public List<Piece> giveBack(List<Piece> pieces) {
    List<Piece> result = new ArrayList<>(pieces.size());
    int at = 0;
    while (at < pieces.size()) {
      if (Piece.at(pieces, at, "IGNORE", "INDEX", "(", "SLUICE_NONE", ")")) {
        result.add(Piece.word("NOT"));
        result.add(Piece.word("INDEXED"));
        at += 5;
      } else if (Piece.at(pieces, at, "USE", "INDEX", "(", "?", ")")) {
        result.add(Piece.word("INDEXED"));
        result.add(Piece.word("BY"));
        Piece index = pieces.get(at + 3);
        result.add(new Piece(index.text(), index.word(), true));
        at += 5;
      } else {
        result.add(pieces.get(at++));
      }
    }
    return result;
  }

  @Override
  public String sign() {
    return "INDEX";
  }
}
