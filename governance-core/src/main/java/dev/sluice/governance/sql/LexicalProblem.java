package dev.sluice.governance.sql;

/// Something in a text that makes its reading uncertain. A statement that touches one never runs.
///
/// @param code stable identifier such as `unterminated-string`, for programs
/// @param message one sentence for people
/// @param span where in the text
/// @param wayOut one sentence: what to do next
public record LexicalProblem(String code, String message, Span span, String wayOut) {

  public Refusal refusal() {
    return new Refusal(code, message, span, wayOut);
  }
}
