package dev.sluice.governance.sql.internal;

import java.util.ArrayList;
import java.util.List;

/// DuckDB's `lambda x, y: e`: for the parser `sluice_lambda(0, (x, y) -> e)`.
final class LentLambdas implements LentForms.Form {
  static final String LAMBDA = "sluice_lambda";

  @Override
  public List<GateToken> lend(List<GateToken> tokens) {
    if (!GateTokens.hasWord(tokens, "LAMBDA")) {
      return tokens;
    }
    List<GateToken> result = new ArrayList<>(tokens);
    for (int i = result.size() - 1; i > 0; i--) {
      int colon = begins(result, i);
      if (colon < 0) {
        continue;
      }
      int end = GateTokens.elementEnd(result, colon + 1);
      GateToken verb = result.get(i);
      List<GateToken> lent = new ArrayList<>();
      lent.add(GateTokens.word(LAMBDA, verb));
      lent.add(GateTokens.mark("(", verb));
      // The parser sees a lambda only after a first argument.
      lent.add(GateTokens.number("0", verb));
      lent.add(GateTokens.mark(",", verb));
      boolean several = colon > i + 2;
      if (several) {
        lent.add(GateTokens.mark("(", verb));
      }
      lent.addAll(result.subList(i + 1, colon));
      if (several) {
        lent.add(GateTokens.mark(")", verb));
      }
      lent.add(GateTokens.mark("->", result.get(colon)));
      lent.addAll(result.subList(colon + 1, end));
      lent.add(GateTokens.mark(")", verb));
      result.subList(i, end).clear();
      result.addAll(i, lent);
    }
    return result;
  }

  /// The colon of the lambda whose word stands here, or -1.
  static int begins(List<GateToken> tokens, int at) {
    if (!tokens.get(at).isWord("LAMBDA") || at == 0) {
      return -1;
    }
    boolean argument = tokens.get(at - 1).isMark("(") || tokens.get(at - 1).isMark(",");
    int i = at + 1;
    while (argument && i + 1 < tokens.size() && tokens.get(i).maybeName()) {
      if (tokens.get(i + 1).isMark(":")) {
        return i + 1;
      }
      if (!tokens.get(i + 1).isMark(",")) {
        return -1;
      }
      i += 2;
    }
    return -1;
  }

  @Override
  public List<Piece> giveBack(List<Piece> pieces) {
    return LentCall.giveBack(
        pieces,
        LAMBDA,
        (name, arguments) -> {
          if (arguments.size() != 2 || !Piece.at(arguments.getFirst(), 0, "0")) {
            return null;
          }
          List<Piece> argument = arguments.get(1);
          boolean several = argument.getFirst().text().equals("(");
          int close = several ? Piece.closing(argument, 0) : 0;
          int arrow = close + 1;
          if (close < 0 || !Piece.at(argument, arrow, "->")) {
            return null;
          }
          List<Piece> back = new ArrayList<>();
          back.add(new Piece("lambda", "LAMBDA", name.apart()));
          List<Piece> names = several ? argument.subList(1, close) : argument.subList(0, 1);
          back.add(new Piece(names.getFirst().text(), names.getFirst().word(), true));
          back.addAll(names.subList(1, names.size()));
          back.add(new Piece(":", "", false));
          back.addAll(argument.subList(arrow + 1, argument.size()));
          return back;
        });
  }

  @Override
  public String sign() {
    return LAMBDA;
  }
}
