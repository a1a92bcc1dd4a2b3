package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import java.util.List;

/// The spelling of one token that parser and server read alike.
final class Canonical {
  private Canonical() {}

  /// As [#token], with the character set before a literal, `_utf8mb4'x'`, as a word of its own.
  static List<GateToken> tokens(Token token, Literals literals) {
    GateToken whole = token(token, literals);
    int quote = token.kind() == TokenKind.STRING ? whole.text().indexOf('\'') : 0;
    if (quote < 2 || whole.text().charAt(0) != '_') {
      return List.of(whole);
    }
    Span span = token.span();
    return List.of(
        GateToken.word(
            token.text().substring(0, quote), new Span(span.start(), span.start() + quote)),
        new GateToken(
            TokenKind.STRING,
            whole.text().substring(quote),
            whole.meaning().substring(quote),
            new Span(span.start() + quote, span.end())));
  }

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
