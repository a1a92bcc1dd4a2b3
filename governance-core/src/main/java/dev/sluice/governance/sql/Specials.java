package dev.sluice.governance.sql;

import static dev.sluice.governance.sql.LexicalTrait.*;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Parameters, variables and the marks that only some servers know.
final class Specials {
  /// Unquoted words after which an operand must follow, so that `?` or `:x` is a parameter there.
  private static final Set<String> BEFORE_OPERAND =
      Set.of(
          "SELECT",
          "DISTINCT",
          "ALL",
          "WHERE",
          "AND",
          "OR",
          "XOR",
          "NOT",
          "ON",
          "BY",
          "HAVING",
          "LIMIT",
          "OFFSET",
          "IN",
          "LIKE",
          "ILIKE",
          "RLIKE",
          "REGEXP",
          "GLOB",
          "MATCH",
          "BETWEEN",
          "SYMMETRIC",
          "IS",
          "FROM",
          "WHEN",
          "THEN",
          "ELSE",
          "CASE",
          "VALUES",
          "RETURNING",
          "SET",
          "USING",
          "INTERVAL",
          "ANY",
          "SOME",
          "TO",
          "ESCAPE",
          "AS",
          "FOR",
          "FIRST",
          "NEXT",
          "TOP",
          "DIV",
          "MOD",
          "DEFAULT",
          "RETURN",
          "CALL",
          "EXECUTE",
          "FILTER",
          "QUALIFY",
          "AT",
          "ZONE",
          "COLLATE",
          "INTO",
          "UNION",
          "EXCEPT",
          "INTERSECT",
          "CURRENT",
          "OVER",
          "BINARY",
          "ROW",
          "PLACING",
          "SIMILAR",
          "OVERLAPS",
          "LEADING",
          "TRAILING",
          "BOTH",
          "GO");

  private Specials() {}

  /// The end of such a token, or -1 when none begins there.
  static int scan(Scanner scanner, int at) {
    return switch (scanner.text.charAt(at)) {
      case '?' -> questionMark(scanner, at);
      case ':' -> colon(scanner, at);
      case '$' -> dollar(scanner, at);
      case '@' -> at(scanner, at);
      case '#' -> hash(scanner, at);
      case 'G', 'g' -> goLine(scanner, at);
      case 'D', 'd' -> delimiterCommand(scanner, at);
      default -> -1;
    };
  }

  /// Whether the token before can be the end of an operand, so that an operator may follow.
  static boolean afterOperand(@Nullable Token last) {
    if (last == null) {
      return false;
    }
    return switch (last.kind()) {
      case QUOTED_NAME, STRING, NUMBER, PARAMETER, VARIABLE -> true;
      case WORD -> !BEFORE_OPERAND.contains(AsciiCase.upper(last.text()));
      case PUNCTUATION ->
          last.text().equals(")") || last.text().equals("]") || last.text().equals("}");
      case OPERATOR, COMMENT, WHITESPACE, DELIMITER, INVALID -> false;
    };
  }

  private static int questionMark(Scanner scanner, int at) {
    if (scanner.rules.has(QUESTION_MARK_OPERATORS)) {
      // `?|` and `?-` are prefix operators on lines.
      char next = scanner.peek(at + 1);
      boolean operator = afterOperand(scanner.last()) || next == '|' || next == '-';
      return operator ? -1 : scanner.add(TokenKind.PARAMETER, at, at + 1);
    }
    int end = at + 1;
    if (scanner.rules.has(NUMBERED_QUESTION_MARKS)) {
      end = digits(scanner, end);
    }
    return scanner.add(TokenKind.PARAMETER, at, end);
  }

  private static int colon(Scanner scanner, int at) {
    if (!scanner.rules.has(COLON_PARAMETERS)
        || scanner.inside('[')
        || scanner.inside('{')
        || afterOperand(scanner.last())) {
      return -1;
    }
    boolean digitsToo = !scanner.rules.has(FREE_OPERATORS);
    boolean named =
        Names.startsAt(scanner, at + 1) || (digitsToo && Scanner.digit(scanner.peek(at + 1)));
    return named ? scanner.add(TokenKind.PARAMETER, at, Names.end(scanner, at + 1)) : -1;
  }

  private static int dollar(Scanner scanner, int at) {
    LexicalRules rules = scanner.rules;
    char next = scanner.peek(at + 1);
    if (Scanner.digit(next)) {
      if (rules.has(DOLLAR_NUMBER_PARAMETERS)) {
        int end = digits(scanner, at + 1);
        if (Names.startsAt(scanner, end)) {
          scanner.problem(LexicalProblems.junkAfterNumber(at, end + 1));
        }
        return scanner.add(TokenKind.PARAMETER, at, end);
      }
      if (rules.has(MONEY_NUMBERS)) {
        int end = digits(scanner, at + 1);
        if (scanner.peek(end) == '.') {
          end = digits(scanner, end + 1);
        }
        return scanner.add(TokenKind.NUMBER, at, end);
      }
    }
    boolean named =
        Names.startsAt(scanner, at + 1) || (Scanner.digit(next) && !rules.has(FREE_OPERATORS));
    if (rules.has(DOLLAR_NAME_PARAMETERS) && named) {
      return scanner.add(TokenKind.PARAMETER, at, Names.end(scanner, at + 1));
    }
    return -1;
  }

  private static int at(Scanner scanner, int at) {
    LexicalRules rules = scanner.rules;
    if (rules.has(AT_PARAMETERS)) {
      boolean named = Names.startsAt(scanner, at + 1) || Scanner.digit(scanner.peek(at + 1));
      return named ? scanner.add(TokenKind.PARAMETER, at, Names.end(scanner, at + 1)) : -1;
    }
    if (!rules.has(AT_VARIABLES)) {
      return -1;
    }
    int start = scanner.peek(at + 1) == '@' ? at + 2 : at + 1;
    int end = start;
    char c = scanner.peek(start);
    if (start == at + 1 && rules.has(DELIMITER_COMMAND) && (c == '\'' || c == '"' || c == '`')) {
      // The quoted name of a variable; a string before it makes it the host of an account.
      return scanner.add(TokenKind.VARIABLE, at, at + 1);
    }
    while (Names.partAt(scanner, end) || (rules.has(DELIMITER_COMMAND) && dotAt(scanner, end))) {
      end += Character.charCount(scanner.text.codePointAt(end));
    }
    return scanner.add(TokenKind.VARIABLE, at, end);
  }

  private static boolean dotAt(Scanner scanner, int at) {
    return scanner.peek(at) == '.';
  }

  private static int hash(Scanner scanner, int at) {
    if (scanner.rules.has(POSITIONAL_REFERENCES)
        && Scanner.digit(scanner.peek(at + 1))
        && !afterOperand(scanner.last())) {
      int end = digits(scanner, at + 1);
      scanner.problem(LexicalProblems.positionalReference(at, end));
      return scanner.add(TokenKind.INVALID, at, end);
    }
    return -1;
  }

  private static int goLine(Scanner scanner, int at) {
    String text = scanner.text;
    if (!scanner.rules.has(GO_LINES)
        || !AsciiCase.equal(text.substring(at, Math.min(at + 2, text.length())), "GO")
        || Names.partAt(scanner, at + 2)) {
      return -1;
    }
    for (int i = at - 1; i >= 0 && text.charAt(i) != '\n'; i--) {
      if (!Scanner.blank(text.charAt(i))) {
        return -1;
      }
    }
    int count = skipBlanks(scanner, at + 2);
    int end = digits(scanner, count);
    int after = skipBlanks(scanner, end);
    char c = scanner.peek(after);
    if (after < text.length() && c != '\r' && c != '\n' && !text.startsWith("--", after)) {
      return -1;
    }
    if (end > count) {
      scanner.problem(LexicalProblems.batchCount(at, end));
      return scanner.add(TokenKind.DELIMITER, at, end);
    }
    return scanner.add(TokenKind.DELIMITER, at, at + 2);
  }

  private static int delimiterCommand(Scanner scanner, int at) {
    String text = scanner.text;
    int wordEnd = at + "DELIMITER".length();
    if (!scanner.rules.has(DELIMITER_COMMAND)
        || !scanner.statementStart()
        || wordEnd > text.length()
        || !AsciiCase.equal(text.substring(at, wordEnd), "DELIMITER")
        || Names.partAt(scanner, wordEnd)) {
      return -1;
    }
    int start = skipBlanks(scanner, wordEnd);
    int end = start;
    while (end < text.length() && !Scanner.blank(text.charAt(end))) {
      end++;
    }
    String mark = text.substring(start, end);
    if (mark.isEmpty() || mark.chars().anyMatch(c -> "\\'\"`".indexOf(c) >= 0)) {
      scanner.problem(LexicalProblems.badDelimiter(at, Math.max(end, wordEnd)));
      return scanner.add(TokenKind.DELIMITER, at, Math.max(end, wordEnd));
    }
    int lineEnd = Comments.lineEnd(scanner, end);
    if (!text.substring(end, lineEnd).isBlank()) {
      // The client ignores the rest of the line; a person may think that it runs.
      scanner.problem(LexicalProblems.badDelimiter(at, lineEnd));
    }
    scanner.delimiter(mark);
    return scanner.add(TokenKind.DELIMITER, at, lineEnd);
  }

  private static int skipBlanks(Scanner scanner, int at) {
    int end = at;
    while (scanner.peek(end) == ' ' || scanner.peek(end) == '\t') {
      end++;
    }
    return end;
  }

  static int digits(Scanner scanner, int at) {
    int end = at;
    while (Scanner.digit(scanner.peek(end))) {
      end++;
    }
    return end;
  }
}
