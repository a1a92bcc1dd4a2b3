package dev.sluice.governance.sql;

/// One statement exactly as written, and where it stands in the script it was cut from.
///
/// @param text from its first significant token to its last, without the delimiter
/// @param span UTF-16 offsets in the script; `span.length() == text.length()`
public record StatementText(String text, Span span) {

  /// A statement that is the whole of its script.
  public static StatementText of(String text) {
    return new StatementText(text, new Span(0, text.length()));
  }
}
