package dev.sluice.governance.sql;

/// Which characters no text may hold, and which none may hold outside literals: those that a reader
/// cannot see or that servers treat differently.
final class Characters {
  private Characters() {}

  /// Controls, halves of surrogate pairs, and marks that reorder the text on screen.
  static boolean refusedEverywhere(int codePoint) {
    if (codePoint < 0x20) {
      return codePoint != '\t' && codePoint != '\n' && codePoint != '\r';
    }
    if (codePoint < 0x7F) {
      return false;
    }
    return codePoint <= 0x9F
        || (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069)
        || (codePoint >= 0xD800 && codePoint <= 0xDFFF)
        || (codePoint & 0xFFFE) == 0xFFFE;
  }

  /// The former, and everything invisible: blanks beyond ASCII, zero-width marks, fillers,
  /// variation selectors, tags.
  static boolean refusedOutsideLiterals(int codePoint) {
    if (codePoint < 0x7F) {
      return refusedEverywhere(codePoint);
    }
    if (refusedEverywhere(codePoint)) {
      return true;
    }
    return switch (Character.getType(codePoint)) {
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.FORMAT,
          Character.CONTROL,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          true;
      default ->
          codePoint == 0x034F
              || codePoint == 0x115F
              || codePoint == 0x1160
              || codePoint == 0x17B4
              || codePoint == 0x17B5
              || (codePoint >= 0x180B && codePoint <= 0x180F)
              || codePoint == 0x3164
              || codePoint == 0xFFA0
              || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
              || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
    };
  }

  /// Adds a problem for each character of the token that its kind must not hold.
  static void check(Token token, Scanner scanner) {
    boolean hidden = token.kind() == TokenKind.STRING || token.kind() == TokenKind.COMMENT;
    String text = token.text();
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x7F) {
        i++;
        continue;
      }
      int codePoint = text.codePointAt(i);
      int length = Character.charCount(codePoint);
      int at = token.start() + i;
      if (c == '\r' && (i + 1 >= text.length() || text.charAt(i + 1) != '\n')) {
        scanner.problem(LexicalProblems.bareCarriageReturn(at));
      } else if (refusedEverywhere(codePoint)) {
        scanner.problem(
            LexicalProblems.character(codePoint, at, at + length, "must not stand in a statement"));
        return;
      } else if (!hidden && refusedOutsideLiterals(codePoint)) {
        scanner.problem(
            LexicalProblems.character(
                codePoint, at, at + length, "cannot be seen and must not stand outside a literal"));
        return;
      }
      i += length;
    }
  }
}
