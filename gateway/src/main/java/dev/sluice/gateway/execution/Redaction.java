package dev.sluice.gateway.execution;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What may be said of a database's message.
final class Redaction {

  private static final int LONGEST = 2000;

  private static final Map<String, String> MEANINGS =
      Map.ofEntries(
          Map.entry("22001", "A value is too long for its column."),
          Map.entry("22003", "A number is out of range."),
          Map.entry("22007", "A date or time is not valid."),
          Map.entry("22008", "A date or time is out of range."),
          Map.entry("22012", "Division by zero."),
          Map.entry("22P02", "A text does not have the form that its type needs."),
          Map.entry("23502", "A column must not be NULL."),
          Map.entry("23503", "A foreign key is violated."),
          Map.entry("23505", "A value is already there."),
          Map.entry("23514", "A check constraint is violated."),
          Map.entry("25006", "The session is read-only."),
          Map.entry("40001", "Another transaction came in between; try again."),
          Map.entry("40P01", "Two transactions waited for each other; try again."),
          Map.entry("42501", "This login may not do that."),
          Map.entry("42703", "There is no such column."),
          Map.entry("42883", "There is no such function or operator for these types."),
          Map.entry("42P01", "There is no such table."),
          Map.entry("42804", "The types do not fit."),
          Map.entry("42803", "A column must be grouped or aggregated."),
          Map.entry("53300", "The database has too many sessions."));

  private Redaction() {}

  /// The message as a person may read it.
  ///
  /// @param sensitive whether it could carry a classified value
  static String message(BackendFailure failure, boolean sensitive) {
    return sensitive
        ? withheld(failure.sqlState(), failure.vendorCode())
        : plain(failure.getMessage());
  }

  static List<String> warnings(List<BackendNotice> notices, boolean sensitive) {
    return notices.stream()
        .map(notice -> sensitive ? withheld(notice.sqlState(), 0) : plain(notice.message()))
        .distinct()
        .toList();
  }

  private static String withheld(String sqlState, int vendorCode) {
    String code =
        sqlState.isEmpty()
            ? vendorCode == 0 ? "" : " (" + vendorCode + ")"
            : " (SQLSTATE " + sqlState + ")";
    String meaning = MEANINGS.getOrDefault(sqlState, "The database reported a problem.");
    return meaning
        + code
        + " Its words are withheld because the statement touches classified columns.";
  }

  /// The server's first line: its further lines repeat the place, or values.
  private static String plain(@org.jspecify.annotations.Nullable String message) {
    if (message == null || message.isBlank()) {
      return "The database gave no reason.";
    }
    String line = message.lines().findFirst().orElse("").strip();
    if (line.toUpperCase(Locale.ROOT).startsWith("ERROR: ")) {
      line = line.substring("ERROR: ".length());
    }
    StringBuilder text = new StringBuilder();
    line.codePoints()
        .filter(point -> !Character.isISOControl(point))
        .limit(LONGEST)
        .forEach(text::appendCodePoint);
    return text.toString();
  }
}
