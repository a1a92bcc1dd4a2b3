package dev.sluice.governance.sql.internal;

import java.util.ArrayList;
import java.util.List;

/// `WHEN ... THEN DO NOTHING` of a MERGE: for the parser an update or insert of [#NOTHING].
final class LentMergeBranches implements LentForms.Form {
  /// The column that such a branch names: it changes nothing.
  static final String NOTHING = "sluice_nothing";

  @Override
  public List<GateToken> lend(List<GateToken> tokens) {
    if (!tokens.getFirst().isWord("MERGE") && !tokens.getFirst().isWord("WITH")) {
      return tokens;
    }
    List<GateToken> result = new ArrayList<>(tokens.size());
    int at = 0;
    while (at < tokens.size()) {
      if (GateTokens.at(tokens, at, "THEN", "DO", "NOTHING")) {
        GateToken then = tokens.get(at);
        result.add(then);
        branch(insertsAt(tokens, at), then, result);
        at += 3;
      } else {
        result.add(tokens.get(at++));
      }
    }
    return result;
  }

  private static void branch(boolean inserts, GateToken then, List<GateToken> result) {
    if (inserts) {
      result.add(GateTokens.word("INSERT", then));
      result.add(GateTokens.mark("(", then));
      result.add(GateTokens.word(NOTHING, then));
      result.add(GateTokens.mark(")", then));
      result.add(GateTokens.word("VALUES", then));
      result.add(GateTokens.mark("(", then));
      result.add(GateTokens.number("0", then));
      result.add(GateTokens.mark(")", then));
      return;
    }
    result.add(GateTokens.word("UPDATE", then));
    result.add(GateTokens.word("SET", then));
    result.add(GateTokens.word(NOTHING, then));
    result.add(GateTokens.mark("=", then));
    result.add(GateTokens.number("0", then));
  }

  /// Whether the branch is one of NOT MATCHED BY TARGET.
  private static boolean insertsAt(List<GateToken> tokens, int then) {
    int when = then;
    while (when > 0 && !tokens.get(when).isWord("WHEN")) {
      when--;
    }
    return GateTokens.at(tokens, when, "WHEN", "NOT", "MATCHED")
        && !GateTokens.at(tokens, when + 3, "BY", "SOURCE");
  }

  @Override
  public List<Piece> giveBack(List<Piece> pieces) {
    String marker = dev.sluice.governance.sql.AsciiCase.upper(NOTHING);
    List<Piece> result = new ArrayList<>(pieces.size());
    int at = 0;
    while (at < pieces.size()) {
      int length =
          Piece.at(pieces, at, "THEN", "UPDATE", "SET", marker, "=", "0")
              ? 6
              : Piece.at(pieces, at, "THEN", "INSERT", "(", marker, ")", "VALUES", "(", "0", ")")
                  ? 9
                  : 0;
      if (length > 0) {
        result.add(pieces.get(at));
        result.add(Piece.word("DO"));
        result.add(Piece.word("NOTHING"));
        at += length;
      } else {
        result.add(pieces.get(at++));
      }
    }
    return result;
  }

  @Override
  public String sign() {
    return NOTHING;
  }
}
