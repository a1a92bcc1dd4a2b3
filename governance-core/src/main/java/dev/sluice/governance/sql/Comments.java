package dev.sluice.governance.sql;

import static dev.sluice.governance.sql.LexicalTrait.*;

/// Where comments begin and end.
final class Comments {
  private Comments() {}

  /// The end of the comment that begins there, or -1 when none does.
  static int end(Scanner scanner, int at) {
    if (lineCommentAt(scanner, at)) {
      return lineEnd(scanner, at);
    }
    return scanner.text.startsWith("/*", at) ? block(scanner, at) : -1;
  }

  private static boolean lineCommentAt(Scanner scanner, int at) {
    LexicalRules rules = scanner.rules;
    char c = scanner.text.charAt(at);
    if (c == '#' && rules.has(HASH_COMMENTS)) {
      return true;
    }
    if (c != '-' || scanner.peek(at + 1) != '-') {
      return false;
    }
    return !rules.has(DASH_COMMENTS_NEED_BLANK)
        || at + 2 >= scanner.text.length()
        || scanner.peek(at + 2) <= ' ';
  }

  /// Where the line ends, before its line break.
  static int lineEnd(Scanner scanner, int at) {
    int end = scanner.text.indexOf('\n', at);
    if (end < 0) {
      return scanner.text.length();
    }
    return end > at && scanner.text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  /// Whether a comment begins there: the operator reader stops before one.
  static boolean startsAt(Scanner scanner, int at) {
    String text = scanner.text;
    return text.startsWith("/*", at) || text.startsWith("--", at);
  }

  private static int block(Scanner scanner, int start) {
    String text = scanner.text;
    LexicalRules rules = scanner.rules;
    int depth = 1;
    int at = start + 2;
    while (at < text.length()) {
      if (text.startsWith("*/", at)) {
        at += 2;
        depth--;
        if (depth == 0) {
          checkContent(scanner, start, at);
          return at;
        }
      } else if (text.startsWith("/*", at)) {
        if (rules.has(NESTED_COMMENTS_REFUSED)) {
          scanner.problem(LexicalProblems.nestedComment(at, at + 2));
        }
        if (rules.has(NESTED_COMMENTS)) {
          depth++;
          at += 2;
        } else {
          // `/*/` inside a comment: the slash may belong to the end mark.
          at++;
        }
      } else {
        at++;
      }
    }
    scanner.problem(LexicalProblems.unterminated("comment", start, text.length()));
    return text.length();
  }

  private static void checkContent(Scanner scanner, int start, int end) {
    String text = scanner.text;
    boolean executable =
        text.startsWith("/*!", start)
            || text.startsWith("/*M!", start)
            || text.startsWith("/*m!", start);
    if (executable && scanner.rules.has(EXECUTABLE_COMMENTS)) {
      scanner.problem(LexicalProblems.executableComment(start, end));
    }
  }
}
