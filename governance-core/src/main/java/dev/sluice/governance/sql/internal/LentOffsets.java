package dev.sluice.governance.sql.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Trino's `OFFSET n LIMIT m`: the parser reads and prints the limit first.
final class LentOffsets implements LentForms.Form {

  @Override
  public List<GateToken> lend(List<GateToken> tokens) {
    List<GateToken> result = new ArrayList<>(tokens);
    for (int i = 0; i + 3 < result.size(); i++) {
      if (result.get(i).isWord("OFFSET") && result.get(i + 2).isWord("LIMIT")) {
        Collections.rotate(result.subList(i, i + 4), 2);
        i += 3;
      }
    }
    return result;
  }

  @Override
  public List<Piece> giveBack(List<Piece> pieces) {
    List<Piece> result = new ArrayList<>(pieces);
    for (int i = 0; i + 3 < result.size(); i++) {
      if (Piece.at(result, i, "LIMIT", "?", "OFFSET", "?")) {
        Collections.rotate(result.subList(i, i + 4), 2);
        i += 3;
      }
    }
    return result;
  }

  @Override
  public String sign() {
    return "OFFSET";
  }
}
