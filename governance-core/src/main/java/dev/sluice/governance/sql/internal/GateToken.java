package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.AsciiCase;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;

/// One token of the normalised text.
///
/// @param kind as the lexer has it
/// @param text the spelling handed to the parser
/// @param meaning equal for two tokens exactly when the server reads the same in them
/// @param origin where in the statement text it comes from
record GateToken(TokenKind kind, String text, String meaning, Span origin) {

  static GateToken word(String text, Span origin) {
    return new GateToken(TokenKind.WORD, text, AsciiCase.upper(text), origin);
  }

  static GateToken mark(TokenKind kind, String text, Span origin) {
    return new GateToken(kind, text, text, origin);
  }

  boolean isWord(String word) {
    return kind == TokenKind.WORD && meaning.equals(word);
  }

  boolean isMark(String mark) {
    return (kind == TokenKind.PUNCTUATION || kind == TokenKind.OPERATOR) && text.equals(mark);
  }

  /// A name in quotes or a word: which words are names, only the grammar knows.
  boolean maybeName() {
    return kind == TokenKind.WORD || kind == TokenKind.QUOTED_NAME;
  }

  static String meaningOf(Token token) {
    return switch (token.kind()) {
      case WORD, NUMBER -> AsciiCase.upper(token.text());
      case QUOTED_NAME -> "\"" + token.value();
      case STRING -> Literals.prefix(token) + "'" + token.value();
      case OPERATOR -> token.text().equals("!=") ? "<>" : token.text();
      case VARIABLE, PARAMETER, PUNCTUATION, COMMENT, WHITESPACE, DELIMITER, INVALID ->
          token.text();
    };
  }
}
