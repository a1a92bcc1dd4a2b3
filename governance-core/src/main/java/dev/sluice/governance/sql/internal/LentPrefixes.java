package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.AsciiCase;
import dev.sluice.governance.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// MySQL's character set before a literal, `_utf8mb4 x'41'`, and its operator BINARY before an
/// operand: for the parser calls of one function each.
final class LentPrefixes implements LentForms.Form {
  private static final String PREFIX = "sluice_prefix_";
  private static final String CHARACTER_SET = PREFIX + "set";
  static final String BINARY = PREFIX + "binary";

  private static final Set<String> BEFORE_BINARY_TYPE = Set.of("AS", "USING", "CHARACTER", "SET");

  @Override
  public List<GateToken> lend(List<GateToken> tokens) {
    List<GateToken> result = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      GateToken token = tokens.get(i);
      int operand = i + 1;
      int end = -1;
      String name = CHARACTER_SET;
      if (introduces(tokens, i)) {
        end = operand + 1;
        name = CHARACTER_SET + token.text();
      } else if (binary(tokens, i)) {
        end = operandEnd(tokens, operand);
        name = BINARY;
      }
      if (end < 0) {
        result.add(token);
        continue;
      }
      result.add(GateTokens.word(name, token));
      result.add(GateTokens.mark("(", token));
      result.addAll(lend(tokens.subList(operand, end)));
      result.add(GateTokens.mark(")", token));
      i = end - 1;
    }
    return result;
  }

  private static boolean introduces(List<GateToken> tokens, int at) {
    GateToken token = tokens.get(at);
    return token.kind() == TokenKind.WORD
        && token.text().startsWith("_")
        && token.text().length() > 1
        && at + 1 < tokens.size()
        && tokens.get(at + 1).kind() == TokenKind.STRING
        && (at == 0 || !Spellings.endsOperand(tokens.get(at - 1)));
  }

  private static boolean binary(List<GateToken> tokens, int at) {
    return tokens.get(at).isWord("BINARY")
        && at > 0
        && !BEFORE_BINARY_TYPE.contains(tokens.get(at - 1).meaning())
        && !tokens.get(at - 1).isWord("LIKE")
        && !tokens.get(at - 1).isMark(".")
        && !Spellings.endsOperand(tokens.get(at - 1));
  }

  /// After a literal, a dotted name or call, or a bracket; -1 when there is none of them.
  private static int operandEnd(List<GateToken> tokens, int from) {
    if (from >= tokens.size()) {
      return -1;
    }
    TokenKind kind = tokens.get(from).kind();
    if (kind == TokenKind.STRING
        || kind == TokenKind.NUMBER
        || kind == TokenKind.PARAMETER
        || kind == TokenKind.VARIABLE) {
      return from + 1;
    }
    if (tokens.get(from).kind() == TokenKind.WORD
        && Keywords.beginsOperand(tokens.get(from).meaning())) {
      return -1;
    }
    int at = GateTokens.nameEnd(tokens, from);
    boolean bracket = at < tokens.size() && tokens.get(at).isMark("(");
    return bracket ? GateTokens.closing(tokens, at) + 1 : at > from ? at : -1;
  }

  @Override
  public List<Piece> giveBack(List<Piece> pieces) {
    return LentCall.giveBack(
        pieces,
        PREFIX,
        (name, arguments) -> {
          if (arguments.size() != 1) {
            return null;
          }
          boolean binary = name.text().equals(BINARY);
          List<Piece> back = new ArrayList<>();
          back.add(
              binary
                  ? Piece.word("BINARY")
                  : Piece.word(name.text().substring(CHARACTER_SET.length())));
          List<Piece> operand = arguments.getFirst();
          back.add(new Piece(operand.getFirst().text(), operand.getFirst().word(), true));
          back.addAll(operand.subList(1, operand.size()));
          return back;
        });
  }

  @Override
  public String sign() {
    return PREFIX;
  }

  /// Whether a function of this name stands for a prefix.
  static boolean stands(String lowerName) {
    return AsciiCase.lower(lowerName).startsWith(PREFIX);
  }
}
