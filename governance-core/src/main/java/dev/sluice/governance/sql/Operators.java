package dev.sluice.governance.sql;

import static dev.sluice.governance.sql.LexicalTrait.*;

import java.util.Set;

/// Operators.
final class Operators {
  /// With one of these in it, an operator may end in a sign.
  private static final String SPECIAL = "~!@#^&|`?%";

  /// Operators directly before a parameter, as in `id=?`; a bind value takes the question mark away
  /// before the server reads it.
  private static final Set<String> BEFORE_PARAMETER =
      Set.of(
          "=", "<", ">", "<=", ">=", "<>", "!=", "+", "-", "*", "/", "%", "||", "^", "~", "~*",
          "!~", "!~*", "&&", "&", "|", "->", "->>", "@>", "<@", "#>", "#>>", "=>");

  private Operators() {}

  /// The end of the operator that begins there, or -1 when none does.
  static int scan(Scanner scanner, int at) {
    String text = scanner.text;
    if (scanner.rules.has(FREE_OPERATORS)) {
      if (text.startsWith("::", at) || text.startsWith(":=", at)) {
        return scanner.add(TokenKind.OPERATOR, at, at + 2);
      }
      return free(scanner, at);
    }
    for (String operator : scanner.rules.operators()) {
      if (text.startsWith(operator, at)) {
        return scanner.add(TokenKind.OPERATOR, at, at + operator.length());
      }
    }
    boolean single = scanner.rules.operatorCharacters().indexOf(text.charAt(at)) >= 0;
    return single ? scanner.add(TokenKind.OPERATOR, at, at + 1) : -1;
  }

  private static int free(Scanner scanner, int start) {
    String text = scanner.text;
    int end = start;
    boolean special = false;
    while (end < text.length()
        && scanner.rules.operatorCharacters().indexOf(text.charAt(end)) >= 0
        && (end == start || !Comments.startsAt(scanner, end))) {
      special |= SPECIAL.indexOf(text.charAt(end)) >= 0;
      end++;
    }
    if (end == start) {
      return -1;
    }
    if (!special) {
      while (end > start + 1 && (text.charAt(end - 1) == '+' || text.charAt(end - 1) == '-')) {
        end--;
      }
    }
    if (scanner.rules.has(QUESTION_MARK_OPERATORS)
        && text.charAt(end - 1) == '?'
        && BEFORE_PARAMETER.contains(text.substring(start, end - 1))) {
      end--;
    }
    return scanner.add(TokenKind.OPERATOR, start, end);
  }
}
