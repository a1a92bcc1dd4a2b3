package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.TokenKind;
import java.util.List;

/// Looks around in tokens.
final class GateTokens {
  private GateTokens() {}

  /// Whether these words and marks stand at this place. `?` stands for any one name.
  static boolean at(List<GateToken> tokens, int from, String... expected) {
    if (from < 0 || from + expected.length > tokens.size()) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      GateToken token = tokens.get(from + i);
      boolean same =
          expected[i].equals("?")
              ? token.maybeName()
              : token.kind() == TokenKind.WORD
                  ? token.meaning().equals(expected[i])
                  : token.isMark(expected[i]);
      if (!same) {
        return false;
      }
    }
    return true;
  }

  static boolean hasWord(List<GateToken> tokens, String word) {
    for (GateToken token : tokens) {
      if (token.isWord(word)) {
        return true;
      }
    }
    return false;
  }

  static boolean hasMark(List<GateToken> tokens, String mark) {
    for (GateToken token : tokens) {
      if (token.isMark(mark)) {
        return true;
      }
    }
    return false;
  }

  static boolean opens(GateToken token) {
    return token.isMark("(") || token.isMark("[") || token.isMark("{");
  }

  static boolean closes(GateToken token) {
    return token.isMark(")") || token.isMark("]") || token.isMark("}");
  }

  /// The bracket that closes the one at this place, or -1.
  static int closing(List<GateToken> tokens, int open) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      depth += opens(tokens.get(i)) ? 1 : closes(tokens.get(i)) ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /// Where the expression or list element that begins here ends: at a comma or closing bracket of
  /// its own level, or at the end.
  static int elementEnd(List<GateToken> tokens, int from) {
    int depth = 0;
    for (int i = from; i < tokens.size(); i++) {
      if (opens(tokens.get(i))) {
        depth++;
      } else if (closes(tokens.get(i))) {
        if (depth == 0) {
          return i;
        }
        depth--;
      } else if (depth == 0 && tokens.get(i).isMark(",")) {
        return i;
      }
    }
    return tokens.size();
  }

  /// The first of these words from here on at the level of brackets where the search begins, or -1.
  static int find(List<GateToken> tokens, int from, int to, String word) {
    int depth = 0;
    for (int i = from; i < to; i++) {
      if (opens(tokens.get(i))) {
        depth++;
      } else if (closes(tokens.get(i))) {
        depth--;
      } else if (depth == 0 && tokens.get(i).isWord(word)) {
        return i;
      }
    }
    return -1;
  }

  /// After the dotted name that begins here, or the same place when there is none.
  static int nameEnd(List<GateToken> tokens, int from) {
    int at = from;
    while (at < tokens.size() && tokens.get(at).maybeName()) {
      at++;
      if (at + 1 >= tokens.size() || !tokens.get(at).isMark(".")) {
        break;
      }
      at++;
    }
    return at;
  }

  static GateToken word(String text, GateToken like) {
    return GateToken.word(text, like.origin());
  }

  static GateToken mark(String text, GateToken like) {
    boolean punctuation = "()[]{},.;:".contains(text);
    return GateToken.mark(
        punctuation ? TokenKind.PUNCTUATION : TokenKind.OPERATOR, text, like.origin());
  }

  static GateToken number(String text, GateToken like) {
    return new GateToken(TokenKind.NUMBER, text, text, like.origin());
  }
}
