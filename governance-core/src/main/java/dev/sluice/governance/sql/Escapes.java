package dev.sluice.governance.sql;

/// What a backslash means inside a string.
enum Escapes {
  NONE,
  POSTGRESQL,
  MYSQL;

  /// Reads one escape, appends what it means, and returns where the string goes on.
  int read(Scanner scanner, int at, StringBuilder value) {
    String text = scanner.text;
    if (at + 1 >= text.length()) {
      return text.length();
    }
    return switch (this) {
      case NONE -> {
        value.append('\\');
        yield at + 1;
      }
      case MYSQL -> {
        mysql(text.charAt(at + 1), value);
        yield at + 2;
      }
      case POSTGRESQL -> postgresql(scanner, at, value);
    };
  }

  private static void mysql(char c, StringBuilder value) {
    switch (c) {
      case '0' -> value.append('\0');
      case 'b' -> value.append('\b');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'Z' -> value.append('\u001A');
      // Kept for LIKE: outside patterns the backslash is part of the value, too.
      case '%', '_' -> value.append('\\').append(c);
      default -> value.append(c);
    }
  }

  private static int postgresql(Scanner scanner, int at, StringBuilder value) {
    String text = scanner.text;
    char c = text.charAt(at + 1);
    switch (c) {
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'v' -> value.append('\u000B');
      case 'u', 'U' -> {
        int length = c == 'u' ? 4 : 8;
        int codePoint = UnicodeEscapes.hex(text, at + 2, length);
        return number(scanner, at, at + 2 + length, codePoint, Character.MAX_CODE_POINT, value);
      }
      case 'x' -> {
        int end = at + 2;
        while (end < at + 4 && UnicodeEscapes.hex(text, end, 1) >= 0) {
          end++;
        }
        if (end == at + 2) {
          value.append('x');
          return end;
        }
        int number = UnicodeEscapes.hex(text, at + 2, end - at - 2);
        return number(scanner, at, end, number, 0x7F, value);
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        int end = at + 1;
        int number = 0;
        while (end < at + 4 && scanner.peek(end) >= '0' && scanner.peek(end) <= '7') {
          number = number * 8 + (scanner.peek(end) - '0');
          end++;
        }
        return number(scanner, at, end, number, 0x7F, value);
      }
      default -> {
        value.append(c);
        return at + 2;
      }
    }
    return at + 2;
  }

  /// A byte beyond ASCII means whatever the server's encoding says, so only ASCII bytes are read.
  private static int number(
      Scanner scanner, int at, int end, int number, int highest, StringBuilder value) {
    if (number <= 0 || number > highest) {
      int stop = Math.min(end, scanner.text.length());
      scanner.problem(LexicalProblems.escape(at, stop));
      return Math.min(at + 2, scanner.text.length());
    }
    value.appendCodePoint(number);
    return end;
  }
}
