package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;

/// The spelling of one token that parser and server read alike.
final class Canonical {
  private Canonical() {}

  static GateToken token(Token token, Literals literals) {
    String meaning = GateToken.meaningOf(token);
    return switch (token.kind()) {
      case STRING -> new GateToken(token.kind(), literals.string(token), meaning, token.span());
      case QUOTED_NAME -> new GateToken(token.kind(), literals.name(token), meaning, token.span());
      // Digit separators are only there for the eye.
      case NUMBER ->
          new GateToken(
              TokenKind.NUMBER,
              token.text().replace("_", ""),
              meaning.replace("_", ""),
              token.span());
      case WORD,
          OPERATOR,
          PUNCTUATION,
          PARAMETER,
          VARIABLE,
          COMMENT,
          WHITESPACE,
          DELIMITER,
          INVALID ->
          new GateToken(token.kind(), token.text(), meaning, token.span());
    };
  }
}
