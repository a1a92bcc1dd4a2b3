package dev.sluice.app.results;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/// A condition on one column as a person types it: `text` (contained, any case), `=text`, `!=text`,
/// `>10`, `>=10`, `<10`, `<=10`, `null`, `!null`. Numbers are compared as numbers when both sides
/// are. NULL passes only `null` and `!=text`.
///
/// @param typed as typed
record CellFilter(Operator operator, String value, String typed) {

  enum Operator {
    IS_NULL,
    NOT_NULL,
    EQUAL,
    NOT_EQUAL,
    AT_LEAST,
    AT_MOST,
    MORE,
    LESS,
    CONTAINS
  }

  static CellFilter of(String typed) {
    String text = typed.strip();
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.equals("null")) {
      return new CellFilter(Operator.IS_NULL, "", text);
    }
    if (lower.equals("!null") || lower.equals("not null")) {
      return new CellFilter(Operator.NOT_NULL, "", text);
    }
    if (text.startsWith("!=")) {
      return new CellFilter(Operator.NOT_EQUAL, text.substring(2).strip(), text);
    }
    if (text.startsWith(">=")) {
      return new CellFilter(Operator.AT_LEAST, text.substring(2).strip(), text);
    }
    if (text.startsWith("<=")) {
      return new CellFilter(Operator.AT_MOST, text.substring(2).strip(), text);
    }
    if (text.startsWith("=")) {
      return new CellFilter(Operator.EQUAL, text.substring(1).strip(), text);
    }
    if (text.startsWith(">")) {
      return new CellFilter(Operator.MORE, text.substring(1).strip(), text);
    }
    if (text.startsWith("<")) {
      return new CellFilter(Operator.LESS, text.substring(1).strip(), text);
    }
    return new CellFilter(Operator.CONTAINS, lower, text);
  }

  boolean accepts(boolean missing, String cell) {
    if (missing) {
      return operator == Operator.IS_NULL || operator == Operator.NOT_EQUAL;
    }
    return switch (operator) {
      case IS_NULL -> false;
      case NOT_NULL -> true;
      case EQUAL -> compare(cell) == 0;
      case NOT_EQUAL -> compare(cell) != 0;
      case AT_LEAST -> compare(cell) >= 0;
      case AT_MOST -> compare(cell) <= 0;
      case MORE -> compare(cell) > 0;
      case LESS -> compare(cell) < 0;
      case CONTAINS -> cell.toLowerCase(Locale.ROOT).contains(value);
    };
  }

  private int compare(String cell) {
    Optional<BigDecimal> left = number(cell);
    Optional<BigDecimal> right = number(value);
    return left.isPresent() && right.isPresent()
        ? left.get().compareTo(right.get())
        : cell.compareToIgnoreCase(value);
  }

  /// Exact, so that large numbers are not rounded; empty for what is not a plain number.
  static Optional<BigDecimal> number(String text) {
    if (text.isEmpty() || text.length() > 400) {
      return Optional.empty();
    }
    try {
      BigDecimal number = new BigDecimal(text);
      return Math.abs((long) number.scale()) > 1000 ? Optional.empty() : Optional.of(number);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
