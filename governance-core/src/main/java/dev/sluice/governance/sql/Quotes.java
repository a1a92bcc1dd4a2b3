package dev.sluice.governance.sql;

import static dev.sluice.governance.sql.LexicalTrait.*;

/// Strings and names in quotes, with their prefixes.
final class Quotes {
  private Quotes() {}

  /// The end of the quoted token that begins there, or -1 when none does.
  static int scan(Scanner scanner, int at) {
    LexicalRules rules = scanner.rules;
    char next = scanner.peek(at + 1);
    return switch (scanner.text.charAt(at)) {
      case '\'' -> string(scanner, at, at, plainEscapes(scanner));
      case '"' ->
          doubleQuotesAreStrings(scanner)
              ? string(scanner, at, at, plainEscapes(scanner))
              : name(scanner, at, at, '"');
      case '`' -> rules.has(BACKTICK_NAMES) ? name(scanner, at, at, '`') : -1;
      case '[' -> rules.has(BRACKET_NAMES) ? name(scanner, at, at, ']') : -1;
      case '$' -> rules.has(DOLLAR_QUOTES) ? dollar(scanner, at) : -1;
      case 'e', 'E' ->
          next == '\'' && rules.has(ESCAPE_STRINGS)
              ? string(scanner, at, at + 1, Escapes.POSTGRESQL)
              : -1;
      case 'n', 'N' ->
          next == '\'' && rules.has(NATIONAL_STRINGS)
              ? string(scanner, at, at + 1, plainEscapes(scanner))
              : -1;
      case 'b', 'B' ->
          next == '\'' && rules.has(BIT_STRINGS) ? string(scanner, at, at + 1, Escapes.NONE) : -1;
      case 'x', 'X' ->
          next == '\'' && rules.has(HEX_STRINGS) ? string(scanner, at, at + 1, Escapes.NONE) : -1;
      case 'u', 'U' -> next == '&' && rules.has(UNICODE_ESCAPES) ? unicode(scanner, at) : -1;
      case '_' -> rules.has(CHARACTER_SET_INTRODUCERS) ? introduced(scanner, at) : -1;
      default -> -1;
    };
  }

  private static boolean doubleQuotesAreStrings(Scanner scanner) {
    return scanner.rules.has(DOUBLE_QUOTED_STRINGS) && !scanner.modes.ansiQuotes();
  }

  private static Escapes plainEscapes(Scanner scanner) {
    if (scanner.rules.has(BACKSLASH_STRINGS)) {
      return scanner.modes.noBackslashEscapes() ? Escapes.NONE : Escapes.MYSQL;
    }
    boolean old =
        scanner.rules.has(BACKSLASH_STRINGS_BY_OLD_SETTING)
            && !scanner.modes.standardConformingStrings();
    return old ? Escapes.POSTGRESQL : Escapes.NONE;
  }

  private static int string(Scanner scanner, int start, int open, Escapes escapes) {
    StringBuilder value = new StringBuilder();
    int end = stringEnd(scanner, start, open, escapes, value);
    TokenKind kind = end < 0 ? TokenKind.INVALID : TokenKind.STRING;
    return scanner.add(kind, start, end < 0 ? scanner.text.length() : end, value.toString());
  }

  /// Reads to the closing quote and on over continuations; -1 when it never closes.
  private static int stringEnd(
      Scanner scanner, int start, int open, Escapes escapes, StringBuilder value) {
    int from = open;
    while (true) {
      int end = segment(scanner, from, escapes, value);
      if (end < 0) {
        scanner.problem(LexicalProblems.unterminated("string", start, scanner.text.length()));
        return -1;
      }
      int next = continuation(scanner, end);
      if (next < 0) {
        return end;
      }
      from = next;
    }
  }

  private static int segment(Scanner scanner, int open, Escapes escapes, StringBuilder value) {
    String text = scanner.text;
    char quote = text.charAt(open);
    int at = open + 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == quote) {
        if (scanner.peek(at + 1) != quote) {
          return at + 1;
        }
        value.append(quote);
        at += 2;
      } else if (c == '\\' && escapes != Escapes.NONE) {
        at = escapes.read(scanner, at, value);
      } else {
        if (c == '\\'
            && scanner.peek(at + 1) == quote
            && scanner.rules.has(AMBIGUOUS_BACKSLASHES_REFUSED)) {
          scanner.problem(LexicalProblems.ambiguousBackslash(at, at + 2));
        }
        value.append(c);
        at++;
      }
    }
    return -1;
  }

  /// Where the string goes on: a quote after blanks and line comments that hold a line break.
  private static int continuation(Scanner scanner, int end) {
    if (!scanner.rules.has(STRINGS_CONTINUE_ON_NEXT_LINE)) {
      return -1;
    }
    String text = scanner.text;
    boolean lineBreak = false;
    int at = end;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        lineBreak = true;
        at++;
      } else if (Scanner.blank(c)) {
        at++;
      } else if (text.startsWith("--", at)) {
        int line = text.indexOf('\n', at);
        if (line < 0) {
          return -1;
        }
        at = line;
      } else {
        return c == '\'' && lineBreak ? at : -1;
      }
    }
    return -1;
  }

  private static int name(Scanner scanner, int start, int open, char close) {
    String text = scanner.text;
    // SQLite ends a bracketed name at the first bracket, SQL Server lets it be doubled.
    boolean doubling = close != ']' || scanner.rules.has(SQL_SERVER_NAMES);
    StringBuilder value = new StringBuilder();
    int at = open + 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == close) {
        if (!doubling || scanner.peek(at + 1) != close) {
          checkName(scanner, value.toString(), start, at + 1);
          return scanner.add(TokenKind.QUOTED_NAME, start, at + 1, value.toString());
        }
        at++;
      }
      value.append(c);
      at++;
    }
    scanner.problem(LexicalProblems.unterminated("quoted name", start, text.length()));
    return scanner.add(TokenKind.INVALID, start, text.length());
  }

  private static void checkName(Scanner scanner, String name, int start, int end) {
    if (name.isEmpty()) {
      scanner.problem(LexicalProblems.emptyName(start, end));
    }
    Names.checkLength(scanner, name, start, end);
  }

  private static int dollar(Scanner scanner, int start) {
    String text = scanner.text;
    int at = start + 1;
    while (at < text.length()
        && text.charAt(at) != '$'
        && Names.partAt(scanner, at)
        && !(at == start + 1 && Scanner.digit(text.charAt(at)))) {
      at++;
    }
    if (scanner.peek(at) != '$') {
      return -1;
    }
    String tag = text.substring(start, at + 1);
    int close = text.indexOf(tag, at + 1);
    if (close < 0) {
      scanner.problem(LexicalProblems.unterminated("dollar-quoted string", start, text.length()));
      return scanner.add(TokenKind.INVALID, start, text.length());
    }
    return scanner.add(
        TokenKind.STRING, start, close + tag.length(), text.substring(at + 1, close));
  }

  private static int introduced(Scanner scanner, int start) {
    int end = start + 1;
    while (end < scanner.text.length() && asciiNamePart(scanner.text.charAt(end))) {
      end++;
    }
    char c = scanner.peek(end);
    boolean string = c == '\'' || (c == '"' && doubleQuotesAreStrings(scanner));
    return string && end > start + 1 ? string(scanner, start, end, plainEscapes(scanner)) : -1;
  }

  private static boolean asciiNamePart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || Scanner.digit(c) || c == '_';
  }

  private static int unicode(Scanner scanner, int start) {
    char quote = scanner.peek(start + 2);
    if (quote != '\'' && quote != '"') {
      return -1;
    }
    StringBuilder raw = new StringBuilder();
    int end =
        quote == '\''
            ? stringEnd(scanner, start, start + 2, Escapes.NONE, raw)
            : segment(scanner, start + 2, Escapes.NONE, raw);
    if (end < 0) {
      if (quote == '"') {
        scanner.problem(LexicalProblems.unterminated("quoted name", start, scanner.text.length()));
      }
      return scanner.add(TokenKind.INVALID, start, scanner.text.length());
    }
    char escape = '\\';
    int clause = UnicodeEscapes.clauseStart(scanner, end);
    if (clause >= 0) {
      escape = scanner.text.charAt(clause + 1);
      end = clause + 3;
    }
    String value = UnicodeEscapes.decode(raw, escape);
    if (value == null) {
      scanner.problem(LexicalProblems.escape(start, end));
      return scanner.add(TokenKind.INVALID, start, end);
    }
    if (quote == '"') {
      checkName(scanner, value, start, end);
    }
    return scanner.add(quote == '"' ? TokenKind.QUOTED_NAME : TokenKind.STRING, start, end, value);
  }
}
