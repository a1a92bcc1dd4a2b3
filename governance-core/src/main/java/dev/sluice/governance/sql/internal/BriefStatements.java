package dev.sluice.governance.sql.internal;

/// Statements so short and so flat that reading them cannot take long, whatever they say. Handing
/// them to another thread would cost more than reading them.
///
/// The parser's work grows with the number of things that are opened inside each other; so all that
/// are opened are counted, wherever they stand, even inside a string. The bound is tried by
/// `BriefStatementsTest`.
final class BriefStatements {
  private static final int CHARACTERS = 512;
  private static final int OPENED = 8;

  /// Without it, `case` inside a longer word counts too, which is only stricter.
  private static final String CASE = "case";

  private BriefStatements() {}

  static boolean isBrief(String text) {
    return text.length() <= CHARACTERS && opened(text) <= OPENED;
  }

  private static int opened(String text) {
    int opened = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '('
          || c == '['
          || c == '{'
          || ((c == 'c' || c == 'C') && text.regionMatches(true, i, CASE, 0, CASE.length()))) {
        opened++;
      }
    }
    return opened;
  }
}
