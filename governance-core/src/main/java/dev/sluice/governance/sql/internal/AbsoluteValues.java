package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The prefix operator `@` is `abs`, the same function of the server. Only where the operand is
/// one name, number, call or bracket and nothing that binds tighter follows.
final class AbsoluteValues {
  private AbsoluteValues() {}

  static List<GateToken> rewrite(List<GateToken> tokens) {
    List<GateToken> result = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      boolean prefix =
          tokens.get(i).isMark("@") && (i == 0 || !Spellings.endsOperand(tokens.get(i - 1)));
      int end = prefix ? primaryEnd(tokens, i + 1) : -1;
      if (end > 0 && endsExpression(tokens, end)) {
        GateToken at = tokens.get(i);
        result.add(GateToken.word("abs", at.origin()));
        result.add(GateToken.mark(TokenKind.PUNCTUATION, "(", at.origin()));
        result.addAll(rewrite(tokens.subList(i + 1, end)));
        result.add(GateToken.mark(TokenKind.PUNCTUATION, ")", at.origin()));
        i = end - 1;
      } else {
        result.add(tokens.get(i));
      }
    }
    return result;
  }

  /// After a number, a dotted name or call, or a bracket; -1 when there is none of them.
  private static int primaryEnd(List<GateToken> tokens, int from) {
    if (from >= tokens.size()) {
      return -1;
    }
    if (tokens.get(from).kind() == TokenKind.NUMBER) {
      return from + 1;
    }
    int at = from;
    while (at < tokens.size()
        && tokens.get(at).maybeName()
        && !Keywords.beginsOperand(tokens.get(at).meaning())) {
      at++;
      if (!Spellings.markAt(tokens, at, ".")) {
        break;
      }
      at++;
    }
    if (!Spellings.markAt(tokens, at, "(")) {
      return at > from ? at : -1;
    }
    int depth = 0;
    for (int i = at; i < tokens.size(); i++) {
      depth += tokens.get(i).isMark("(") ? 1 : tokens.get(i).isMark(")") ? -1 : 0;
      if (depth == 0) {
        return i + 1;
      }
    }
    return -1;
  }

  private static boolean endsExpression(List<GateToken> tokens, int at) {
    if (at >= tokens.size()) {
      return true;
    }
    GateToken token = tokens.get(at);
    return token.isMark(",")
        || token.isMark(")")
        || Set.of("=", "<>", "!=", "<", ">", "<=", ">=").contains(token.text())
        || (token.kind() == TokenKind.WORD
            && Set.of(
                    "FROM", "WHERE", "AND", "OR", "AS", "GROUP", "ORDER", "LIMIT", "THEN", "ELSE",
                    "END", "IS", "DESC", "ASC", "HAVING", "UNION")
                .contains(token.meaning()));
  }
}
