package dev.sluice.governance.sql;

import static dev.sluice.governance.sql.LexicalTrait.*;

import java.nio.charset.StandardCharsets;

/// Unquoted names and keywords.
final class Names {
  private static final int CUT_AT_BYTES = 63;

  private Names() {}

  static boolean startsAt(Scanner scanner, int at) {
    char c = scanner.peek(at);
    if (c < 0x80) {
      return asciiLetter(c)
          || c == '_'
          || (c == '#' && scanner.rules.has(SQL_SERVER_NAMES))
          || (c == '$'
              && scanner.rules.has(DOLLAR_IN_NAMES)
              && scanner.rules.has(DIGIT_STARTS_NAME))
          || (Scanner.digit(c) && scanner.rules.has(DIGIT_STARTS_NAME));
    }
    return unicodePart(scanner, at);
  }

  static boolean partAt(Scanner scanner, int at) {
    char c = scanner.peek(at);
    if (c < 0x80) {
      return asciiLetter(c)
          || c == '_'
          || Scanner.digit(c)
          || (c == '$' && scanner.rules.has(DOLLAR_IN_NAMES))
          || ((c == '#' || c == '@') && scanner.rules.has(SQL_SERVER_NAMES));
    }
    return unicodePart(scanner, at);
  }

  /// SQL Server and the common dialect take letters only, the others any character beyond ASCII.
  private static boolean unicodePart(Scanner scanner, int at) {
    if (!scanner.rules.has(UNICODE_NAMES)) {
      return false;
    }
    int codePoint = scanner.text.codePointAt(at);
    if (Characters.refusedOutsideLiterals(codePoint)) {
      return false;
    }
    if (scanner.rules.has(LETTERS_ONLY_NAMES)) {
      return Character.isUnicodeIdentifierPart(codePoint);
    }
    return !scanner.rules.has(DIGIT_STARTS_NAME) || Character.isBmpCodePoint(codePoint);
  }

  static int end(Scanner scanner, int start) {
    int end = start;
    boolean ownDelimiter = !scanner.delimiter().equals(";");
    while (end < scanner.text.length()
        && partAt(scanner, end)
        && !(ownDelimiter && scanner.text.startsWith(scanner.delimiter(), end))) {
      end += Character.charCount(scanner.text.codePointAt(end));
    }
    return end;
  }

  static int scan(Scanner scanner, int start) {
    int end = Math.max(end(scanner, start + 1), start + 1);
    if (!Character.isBmpCodePoint(scanner.text.codePointAt(start))) {
      end = Math.max(end(scanner, start + 2), start + 2);
    }
    checkLength(scanner, scanner.text.substring(start, end), start, end);
    return scanner.add(TokenKind.WORD, start, end);
  }

  static void checkLength(Scanner scanner, String name, int start, int end) {
    if (scanner.rules.has(NAMES_CUT_AT_63_BYTES)
        && end - start > CUT_AT_BYTES / 4
        && name.getBytes(StandardCharsets.UTF_8).length > CUT_AT_BYTES) {
      scanner.problem(LexicalProblems.nameTooLong(start, end));
    }
  }

  private static boolean asciiLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
