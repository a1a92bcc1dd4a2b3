package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import java.util.List;

/// Words that may be written or left out without changing what a statement means.
final class Noise {
  private Noise() {}

  static boolean droppable(List<GateToken> tokens, int at) {
    GateToken token = tokens.get(at);
    if (token.kind() != TokenKind.WORD) {
      return false;
    }
    String before = at > 0 ? tokens.get(at - 1).meaning() : "";
    String after = at + 1 < tokens.size() ? tokens.get(at + 1).meaning() : "";
    boolean nameAfter = at + 1 < tokens.size() && tokens.get(at + 1).maybeName();
    return noise(token.meaning(), before, after, nameAfter);
  }

  static boolean addable(List<Token> tokens, int at) {
    Token token = tokens.get(at);
    if (token.kind() != TokenKind.WORD) {
      return false;
    }
    String before = at > 0 ? GateToken.meaningOf(tokens.get(at - 1)) : "";
    String after = at + 1 < tokens.size() ? GateToken.meaningOf(tokens.get(at + 1)) : "";
    boolean nameAfter =
        at + 1 < tokens.size()
            && (tokens.get(at + 1).kind() == TokenKind.WORD
                || tokens.get(at + 1).kind() == TokenKind.QUOTED_NAME);
    return noise(GateToken.meaningOf(token), before, after, nameAfter);
  }

  private static boolean noise(String word, String before, String after, boolean nameAfter) {
    return switch (word) {
      case "AS" -> nameAfter;
      case "INNER" -> after.equals("JOIN");
      case "INTO" ->
          nameAfter
              && (before.equals("INSERT") || before.equals("REPLACE") || before.equals("IGNORE"));
      case "OUTER" ->
          (before.equals("LEFT") || before.equals("RIGHT") || before.equals("FULL"))
              && after.equals("JOIN");
      case "ASC" ->
          after.isEmpty()
              || after.equals(",")
              || after.equals(")")
              || after.equals("NULLS")
              || after.equals("LIMIT")
              || after.equals("OFFSET")
              || after.equals("FETCH")
              || after.equals("FOR")
              || after.equals("ROWS")
              || after.equals("RANGE")
              || after.equals("GROUPS");
      default -> false;
    };
  }
}
