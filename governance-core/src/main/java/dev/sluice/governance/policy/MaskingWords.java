package dev.sluice.governance.policy;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.sql.Use;
import dev.sluice.governance.sql.UseRole;

/// What people are told about masked columns. Never a value.
final class MaskingWords {

  private MaskingWords() {}

  static String refused(ColumnRef column, String tag, UseRole role) {
    String subject = column.dotted() + " is protected (" + tag + ")";
    return switch (role) {
      case PREDICATE -> subject + ": it may not choose rows in a condition.";
      case JOIN -> subject + ": rows may not be joined by it.";
      case GROUP -> subject + ": rows may not be grouped by it.";
      case HAVING -> subject + ": groups may not be chosen by it.";
      case DISTINCT -> subject + ": DISTINCT would compare its values.";
      case SET_OPERATION ->
          subject + ": UNION, INTERSECT and EXCEPT would compare its values; UNION ALL does not.";
      case ORDER -> subject + ": the order of rows would tell its values.";
      case WINDOW -> subject + ": a window may not be divided or ordered by it.";
      case QUALIFY -> subject + ": QUALIFY may not choose rows by it.";
      case FILTER -> subject + ": FILTER may not choose rows by it.";
      case LIMIT, ROWS -> subject + ": it may not decide how many rows there are.";
      case PIVOT -> subject + ": PIVOT would turn its values into column names.";
      case COPY -> subject + ": it may not be copied into something else.";
      case FALLIBLE ->
          subject + ": an operation on it that can fail would tell its values in the error.";
      case COSTLY -> subject + ": it may not decide how long an operation takes.";
      case EXPLAIN -> subject + ": the plan would tell about its values.";
      case UNKNOWN_FUNCTION -> subject + ": it may not go into a function of unknown effect.";
      case DECLASSIFIED -> subject + ".";
    };
  }

  static String onlyEquality(ColumnRef column, Use use) {
    return column.dotted()
        + " may only be compared with constants: = 'value' or IN ('value', ...), not used in "
        + clause(use.role())
        + ".";
  }

  static String noBudget(ColumnRef column) {
    return column.dotted()
        + " may be compared with constants within a daily budget, and nobody keeps the budget"
        + " here.";
  }

  static String budgetSpent(ColumnRef column, int perDay) {
    return "You have compared "
        + column.dotted()
        + " with "
        + perDay
        + " different values today, which is what the policy allows.";
  }

  static String clause(UseRole role) {
    return switch (role) {
      case PREDICATE -> "WHERE with anything else";
      case JOIN -> "a join";
      case GROUP -> "GROUP BY";
      case HAVING -> "HAVING";
      case DISTINCT -> "DISTINCT";
      case SET_OPERATION -> "a set operation that compares";
      case ORDER -> "ORDER BY";
      case WINDOW -> "a window";
      case QUALIFY -> "QUALIFY";
      case FILTER -> "FILTER";
      case LIMIT, ROWS -> "the number of rows";
      case PIVOT -> "PIVOT";
      case COPY -> "a copy";
      case FALLIBLE -> "an operation that can fail";
      case COSTLY -> "an operation whose cost it sets";
      case EXPLAIN -> "EXPLAIN";
      case UNKNOWN_FUNCTION -> "an unknown function";
      case DECLASSIFIED -> "a count";
    };
  }
}
