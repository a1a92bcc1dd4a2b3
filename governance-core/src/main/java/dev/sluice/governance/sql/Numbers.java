package dev.sluice.governance.sql;

import static dev.sluice.governance.sql.LexicalTrait.*;

/// Numbers without a sign.
final class Numbers {
  private Numbers() {}

  /// The end of the number that begins there, or -1 when it is the start of a name (MySQL).
  static int scan(Scanner scanner, int start) {
    int end = radix(scanner, start);
    if (end < 0) {
      end = decimal(scanner, start);
    }
    boolean nameFollows = Names.partAt(scanner, end);
    if (nameFollows && scanner.rules.has(DIGIT_STARTS_NAME) && onlyDigits(scanner, start, end)) {
      return -1;
    }
    // MySQL: after a fraction, an `e` must be an exponent.
    boolean brokenExponent =
        scanner.rules.has(DIGIT_STARTS_NAME)
            && (scanner.peek(end) == 'e' || scanner.peek(end) == 'E')
            && scanner.text.substring(start, end).contains(".");
    if (brokenExponent || (nameFollows && scanner.rules.has(NO_JUNK_AFTER_NUMBER))) {
      int junk = Names.end(scanner, end);
      scanner.problem(LexicalProblems.junkAfterNumber(start, junk));
      return scanner.add(TokenKind.INVALID, start, junk);
    }
    return scanner.add(TokenKind.NUMBER, start, end);
  }

  private static boolean onlyDigits(Scanner scanner, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!Scanner.digit(scanner.text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static int radix(Scanner scanner, int start) {
    if (scanner.peek(start) != '0') {
      return -1;
    }
    char mark = scanner.peek(start + 1);
    // MySQL knows only the lower-case marks; `0X1F` is a name there.
    boolean lowerOnly = scanner.rules.has(DIGIT_STARTS_NAME);
    int base =
        switch (lowerOnly ? mark : Character.toLowerCase(mark)) {
          case 'x' -> scanner.rules.has(HEX_NUMBERS) ? 16 : 0;
          case 'b' -> scanner.rules.has(RADIX_NUMBERS) ? 2 : 0;
          case 'o' -> scanner.rules.has(RADIX_NUMBERS) && !lowerOnly ? 8 : 0;
          default -> 0;
        };
    if (base == 0) {
      return -1;
    }
    int end = start + 2;
    while (Character.digit(scanner.peek(end), base) >= 0 && scanner.peek(end) < 0x80
        || (scanner.peek(end) == '_' && scanner.rules.has(DIGIT_SEPARATORS))) {
      end++;
    }
    boolean empty = end == start + 2 && !scanner.rules.has(SQL_SERVER_NAMES);
    return empty || (lowerOnly && Names.partAt(scanner, end)) ? -1 : end;
  }

  private static int decimal(Scanner scanner, int start) {
    int end = digits(scanner, start);
    if (scanner.peek(end) == '.') {
      boolean range = scanner.rules.has(FREE_OPERATORS) && scanner.peek(end + 1) == '.';
      if (!range) {
        end = digits(scanner, end + 1);
      }
    }
    char exponent = scanner.peek(end);
    if (exponent == 'e' || exponent == 'E') {
      int sign = scanner.peek(end + 1) == '+' || scanner.peek(end + 1) == '-' ? 1 : 0;
      if (Scanner.digit(scanner.peek(end + 1 + sign))) {
        end = digits(scanner, end + 1 + sign);
      }
    }
    return end;
  }

  private static int digits(Scanner scanner, int start) {
    int end = start;
    while (Scanner.digit(scanner.peek(end))
        || (end > start
            && scanner.peek(end) == '_'
            && Scanner.digit(scanner.peek(end + 1))
            && scanner.rules.has(DIGIT_SEPARATORS))) {
      end++;
    }
    return end;
  }
}
