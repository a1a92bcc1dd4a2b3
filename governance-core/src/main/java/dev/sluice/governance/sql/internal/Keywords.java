package dev.sluice.governance.sql.internal;

import java.util.Set;

/// Words after which an operand begins.
final class Keywords {
  private static final Set<String> BEFORE_OPERAND =
      Recogniser.words(
          """
          SELECT DISTINCT ALL WHERE AND OR XOR NOT ON BY HAVING LIMIT OFFSET IN LIKE RLIKE REGEXP
          BETWEEN IS FROM WHEN THEN ELSE CASE VALUES RETURNING SET USING INTERVAL ANY SOME ESCAPE
          AS DIV MOD INTO UNION EXCEPT INTERSECT BINARY
          """);

  private Keywords() {}

  static boolean beginsOperand(String word) {
    return BEFORE_OPERAND.contains(word);
  }
}
