package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.AsciiCase;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Lexer;
import dev.sluice.governance.sql.LexicalModes;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;

/// One token of a printed statement on its way back to the spelling of the server.
///
/// @param text as printed
/// @param word in upper case, empty for anything but a word
/// @param apart whether a blank stands before it
record Piece(String text, String word, boolean apart) {

  static Piece word(String text) {
    return new Piece(text, AsciiCase.upper(text), true);
  }

  static Piece mark(String text) {
    return new Piece(text, "", true);
  }

  boolean is(String wordOrMark) {
    return word.isEmpty() ? text.equals(wordOrMark) : word.equals(wordOrMark);
  }

  static List<Piece> of(String printed, Dialect dialect, LexicalModes modes) {
    List<Piece> pieces = new ArrayList<>();
    int end = 0;
    for (Token token : Lexer.lex(printed, dialect, modes).significant()) {
      String word = token.kind() == TokenKind.WORD ? AsciiCase.upper(token.text()) : "";
      pieces.add(new Piece(token.text(), word, token.start() > end));
      end = token.end();
    }
    return pieces;
  }

  static String text(List<Piece> pieces) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      if (piece.apart() && !text.isEmpty()) {
        text.append(' ');
      }
      text.append(piece.text());
    }
    return text.toString();
  }

  /// Whether these words and marks stand at this place. `?` stands for any one token.
  static boolean at(List<Piece> pieces, int from, String... expected) {
    if (from < 0 || from + expected.length > pieces.size()) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (!expected[i].equals("?") && !pieces.get(from + i).is(expected[i])) {
        return false;
      }
    }
    return true;
  }

  /// The bracket that closes the one at this place, or -1.
  static int closing(List<Piece> pieces, int open) {
    int depth = 0;
    for (int i = open; i < pieces.size(); i++) {
      String text = pieces.get(i).text();
      depth += text.equals("(") || text.equals("[") || text.equals("{") ? 1 : 0;
      depth -= text.equals(")") || text.equals("]") || text.equals("}") ? 1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /// Places of the commas between the brackets, outside inner brackets.
  static List<Integer> commas(List<Piece> pieces, int open, int close) {
    List<Integer> commas = new ArrayList<>();
    int depth = 0;
    for (int i = open + 1; i < close; i++) {
      String text = pieces.get(i).text();
      depth += text.equals("(") || text.equals("[") || text.equals("{") ? 1 : 0;
      depth -= text.equals(")") || text.equals("]") || text.equals("}") ? 1 : 0;
      if (depth == 0 && text.equals(",")) {
        commas.add(i);
      }
    }
    return commas;
  }
}
