package dev.sluice.governance.sql;

import org.jspecify.annotations.Nullable;

/// `U&'...'` and its UESCAPE clause.
final class UnicodeEscapes {
  private UnicodeEscapes() {}

  /// Where the quote of `UESCAPE 'c'` stands, or -1 when there is no such clause after blanks.
  static int clauseStart(Scanner scanner, int end) {
    int at = end;
    while (Scanner.blank(scanner.peek(at))) {
      at++;
    }
    int wordEnd = at + "UESCAPE".length();
    if (wordEnd > scanner.text.length()
        || !AsciiCase.equal(scanner.text.substring(at, wordEnd), "UESCAPE")) {
      return -1;
    }
    at = wordEnd;
    while (Scanner.blank(scanner.peek(at))) {
      at++;
    }
    char escape = scanner.peek(at + 1);
    boolean allowed =
        escape > ' '
            && escape < 0x7F
            && Character.digit(escape, 16) < 0
            && "+'\"".indexOf(escape) < 0;
    return allowed && scanner.peek(at) == '\'' && scanner.peek(at + 2) == '\'' ? at : -1;
  }

  /// The decoded text, or null when an escape is malformed or names no character.
  static @Nullable String decode(CharSequence raw, char escape) {
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < raw.length(); ) {
      char c = raw.charAt(i);
      if (c != escape) {
        value.append(c);
        i++;
      } else if (i + 1 < raw.length() && raw.charAt(i + 1) == escape) {
        value.append(escape);
        i += 2;
      } else {
        boolean six = i + 1 < raw.length() && raw.charAt(i + 1) == '+';
        int from = i + (six ? 2 : 1);
        int codePoint = hex(raw, from, six ? 6 : 4);
        if (codePoint <= 0 || codePoint > Character.MAX_CODE_POINT) {
          return null;
        }
        value.appendCodePoint(codePoint);
        i = from + (six ? 6 : 4);
      }
    }
    return wellFormed(value) ? value.toString() : null;
  }

  /// The number written in that many hexadecimal digits, or -1.
  static int hex(CharSequence text, int from, int count) {
    if (from + count > text.length()) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < from + count; i++) {
      char c = text.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      number = number * 16 + digit;
    }
    return number;
  }

  /// Whether no decoded character is one that a statement must not hold.
  static boolean wellFormed(CharSequence value) {
    return value.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF || c == 0);
  }
}
