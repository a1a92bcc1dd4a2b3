package dev.sluice.gateway.execution;

import dev.sluice.governance.sql.Dialect;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// What may be said of a database's message.
final class Redaction {

  private static final int LONGEST = 2000;

  private static final String TOUCHES =
      " Its words are withheld because the statement touches classified columns.";
  private static final String OF_ITS_OWN =
      " Its words are withheld because code in the database may have put classified values into"
          + " them.";

  /// Errors whose words somebody wrote in code that the database runs.
  private static final Pattern MADE_UP = Pattern.compile("P0.*|45.*|U.*");

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
  static String message(ExecutionRequest request, BackendFailure failure, boolean sensitive) {
    if (sensitive) {
      return withheld(failure.sqlState(), failure.vendorCode(), TOUCHES);
    }
    String words = plain(failure.getMessage());
    boolean composed =
        !request.permit().analysis().readsOnly() || MADE_UP.matcher(failure.sqlState()).matches();
    return composed && !mayBeShown(request, words)
        ? withheld(failure.sqlState(), failure.vendorCode(), OF_ITS_OWN)
        : words;
  }

  static List<String> warnings(
      ExecutionRequest request, List<BackendNotice> notices, boolean sensitive) {
    return notices.stream()
        .map(
            notice -> {
              if (sensitive) {
                return withheld(notice.sqlState(), 0, TOUCHES);
              }
              String words = plain(notice.message());
              return mayBeShown(request, words)
                  ? words
                  : withheld(notice.sqlState(), 0, OF_ITS_OWN);
            })
        .distinct()
        .toList();
  }

  /// Code in the database (a trigger, a check, a policy of rows) speaks with the database's mouth
  /// and may read what the statement does not.
  private static boolean mayBeShown(ExecutionRequest request, String words) {
    // DuckDB has no code that reads another table while it changes one.
    return request.permit().connection().engine() == Dialect.DUCKDB
        || !Blind.anyClassified(request)
        || KnownWords.harmless(words, request.permit().textToSend(), request.catalog());
  }

  private static String withheld(String sqlState, int vendorCode, String because) {
    String code =
        sqlState.isEmpty()
            ? vendorCode == 0 ? "" : " (" + vendorCode + ")"
            : " (SQLSTATE " + sqlState + ")";
    String meaning = MEANINGS.getOrDefault(sqlState, "The database reported a problem.");
    return meaning + code + because;
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
