package dev.sluice.governance.sql.internal;

import java.util.ArrayList;
import java.util.List;

/// DuckDB's `INSERT INTO t BY NAME SELECT ...`: for the parser an insert with a priority, which
/// DuckDB does not have. Which column a value goes to does not matter: each is copied.
final class LentByName implements LentForms.Form {
  private static final String PRIORITY = "HIGH_PRIORITY";

  @Override
  public List<GateToken> lend(List<GateToken> tokens) {
    int insert = insertInto(tokens);
    int name = insert < 0 ? -1 : GateTokens.nameEnd(tokens, insert + 2);
    if (name < 0 || !GateTokens.at(tokens, name, "BY", "NAME")) {
      return tokens;
    }
    List<GateToken> result = new ArrayList<>(tokens);
    result.subList(name, name + 2).clear();
    result.add(insert + 1, GateTokens.word(PRIORITY, tokens.get(insert)));
    return result;
  }

  private static int insertInto(List<GateToken> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      if (GateTokens.at(tokens, i, "INSERT", "INTO")) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public List<Piece> giveBack(List<Piece> pieces) {
    List<Piece> result = new ArrayList<>(pieces);
    for (int i = 0; i + 3 < result.size(); i++) {
      if (Piece.at(result, i, "INSERT", PRIORITY, "INTO")) {
        result.remove(i + 1);
        int end = i + 3;
        while (Piece.at(result, end, ".")) {
          end += 2;
        }
        result.add(end, Piece.word("NAME"));
        result.add(end, Piece.word("BY"));
      }
    }
    return result;
  }

  @Override
  public String sign() {
    return PRIORITY;
  }
}
