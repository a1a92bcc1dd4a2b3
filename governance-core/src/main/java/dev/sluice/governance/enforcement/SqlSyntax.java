package dev.sluice.governance.enforcement;

/// How one engine spells what text masks are made of. Every operand is an SQL expression.
interface SqlSyntax {

  /// Number of code points.
  String length(String text);

  String left(String text, int count);

  String right(String text, int count);

  /// From a position (an expression, from 1) to the end.
  String from(String text, String position);

  String part(String text, int position, int length);

  /// A number of asterisks; the number is an expression that is never negative.
  String stars(String count);

  /// The position from 1 of the first occurrence of a constant, 0 when there is none.
  String find(String text, String constant);

  /// The position from 1 of the last full stop, 0 when there is none.
  String lastFullStop(String text);

  String concatenate(String... parts);

  String least(String a, String b);

  String greatest(String a, String b);

  /// Whether the engine has regular expressions with look-ahead.
  boolean hasLookAhead();

  /// Whether a pattern is found in the text. Patterns use brackets, repetition and look-ahead only
  /// and have no backslash, so that they mean the same everywhere.
  String matches(String text, String pattern);

  /// Every match replaced by an asterisk.
  String hideMatches(String text, String pattern);

  /// The first match, empty or NULL when there is none.
  String firstMatch(String text, String pattern);

  /// The text with every occurrence of each of these characters taken out.
  String without(String text, String characters);
}
