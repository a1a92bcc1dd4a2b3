package dev.sluice.governance.sql.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// DuckDB's `[e FOR x IN l IF c]`: for the parser `sluice_comprehension(l, x -> e, x -> c)`.
final class LentComprehensions implements LentForms.Form {
  static final String COMPREHENSION = "sluice_comprehension";

  @Override
  public List<GateToken> lend(List<GateToken> tokens) {
    if (!GateTokens.hasWord(tokens, "FOR")) {
      return tokens;
    }
    List<GateToken> result = new ArrayList<>(tokens);
    for (int open = result.size() - 1; open >= 0; open--) {
      if (!result.get(open).isMark("[")) {
        continue;
      }
      int close = GateTokens.closing(result, open);
      int loop = close < 0 ? -1 : GateTokens.find(result, open + 1, close, "FOR");
      if (loop <= open + 1 || !GateTokens.at(result, loop, "FOR", "?", "IN")) {
        continue;
      }
      List<GateToken> lent = comprehension(result, open, loop, close);
      result.subList(open, close + 1).clear();
      result.addAll(open, lent);
    }
    return result;
  }

  private static List<GateToken> comprehension(
      List<GateToken> tokens, int open, int loop, int close) {
    GateToken bracket = tokens.get(open);
    GateToken variable = tokens.get(loop + 1);
    int condition = GateTokens.find(tokens, loop + 3, close, "IF");
    List<GateToken> lent = new ArrayList<>();
    lent.add(GateTokens.word(COMPREHENSION, bracket));
    lent.add(GateTokens.mark("(", bracket));
    lent.addAll(tokens.subList(loop + 3, condition < 0 ? close : condition));
    part(variable, tokens.subList(open + 1, loop), lent);
    if (condition > 0) {
      part(variable, tokens.subList(condition + 1, close), lent);
    }
    lent.add(GateTokens.mark(")", bracket));
    return lent;
  }

  private static void part(GateToken variable, List<GateToken> body, List<GateToken> lent) {
    lent.add(GateTokens.mark(",", variable));
    lent.add(variable);
    lent.add(GateTokens.mark("->", variable));
    lent.addAll(body);
  }

  @Override
  public List<Piece> giveBack(List<Piece> pieces) {
    return LentCall.giveBack(pieces, COMPREHENSION, LentComprehensions::back);
  }

  private static @Nullable List<Piece> back(Piece name, List<List<Piece>> arguments) {
    boolean condition = arguments.size() == 3;
    if (arguments.size() != 2 && !condition) {
      return null;
    }
    for (List<Piece> lambda : arguments.subList(1, arguments.size())) {
      if (!Piece.at(lambda, 0, "?", "->")) {
        return null;
      }
    }
    List<Piece> yielded = arguments.get(1);
    List<Piece> back = new ArrayList<>();
    back.add(new Piece("[", "", name.apart()));
    back.addAll(yielded.subList(2, yielded.size()));
    back.add(Piece.word("FOR"));
    back.add(new Piece(yielded.getFirst().text(), yielded.getFirst().word(), true));
    back.add(Piece.word("IN"));
    List<Piece> list = arguments.getFirst();
    back.add(new Piece(list.getFirst().text(), list.getFirst().word(), true));
    back.addAll(list.subList(1, list.size()));
    if (condition) {
      back.add(Piece.word("IF"));
      back.addAll(arguments.get(2).subList(2, arguments.get(2).size()));
    }
    back.add(new Piece("]", "", false));
    return back;
  }

  @Override
  public String sign() {
    return COMPREHENSION;
  }
}
