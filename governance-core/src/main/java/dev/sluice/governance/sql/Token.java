package dev.sluice.governance.sql;

/// One lexical unit of a text.
///
/// @param kind what it is
/// @param text exactly as written
/// @param start UTF-16 offset of its first unit
/// @param end UTF-16 offset after its last unit
/// @param value the meaning: the decoded content of a string, the decoded name of a quoted name
///     (not folded), otherwise the text
public record Token(TokenKind kind, String text, int start, int end, String value) {

  public Span span() {
    return new Span(start, end);
  }

  /// Whether this is the unquoted word, ASCII letters compared without case. Other letters never
  /// match: `ſelect` is not SELECT.
  public boolean isWord(String word) {
    return kind == TokenKind.WORD && AsciiCase.equal(text, word);
  }

  public boolean isPunctuation(String mark) {
    return kind == TokenKind.PUNCTUATION && text.equals(mark);
  }

  public boolean isOperator(String operator) {
    return kind == TokenKind.OPERATOR && text.equals(operator);
  }
}
