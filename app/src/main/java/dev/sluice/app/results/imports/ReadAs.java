package dev.sluice.app.results.imports;

import dev.sluice.app.results.ValueKind;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How the texts of a file's column are to be understood. What is read is written the way that
/// databases understand.
enum ReadAs {
  /// As it stands.
  TEXT,
  /// 1234.5, also 1,234.5
  NUMBER_POINT,
  /// 1234,5, also 1.234,5
  NUMBER_COMMA,
  /// true, yes, 1 and their opposites
  TRUTH,
  /// 2026-11-23, also with a time
  DATE_ISO,
  /// 23.11.2026, 23/11/2026
  DATE_DAY_FIRST,
  /// 11/23/2026
  DATE_MONTH_FIRST;

  private static final Set<String> YES = Set.of("true", "t", "yes", "y", "1", "on", "ja", "wahr");
  private static final Set<String> NO =
      Set.of("false", "f", "no", "n", "0", "off", "nein", "falsch");
  private static final Pattern POINT =
      Pattern.compile("[-+]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");
  private static final Pattern COMMA =
      Pattern.compile("[-+]?([0-9]{1,3}([. ][0-9]{3})+|[0-9]+)(,[0-9]+)?([eE][-+]?[0-9]{1,3})?");
  private static final Pattern DATE =
      Pattern.compile("([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})([ T].+)?");
  private static final Pattern ISO = Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})([ T].+)?");
  private static final DateTimeFormatter STRICT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /// The value as databases read it; empty when the text is none of this kind.
  Optional<String> read(String typed) {
    String text = typed.strip();
    return switch (this) {
      case TEXT -> Optional.of(typed);
      case NUMBER_POINT ->
          POINT.matcher(text).matches() ? Optional.of(text.replace(",", "")) : Optional.empty();
      case NUMBER_COMMA ->
          COMMA.matcher(text).matches()
              ? Optional.of(text.replace(".", "").replace(" ", "").replace(',', '.'))
              : Optional.empty();
      case TRUTH -> {
        String word = text.toLowerCase(Locale.ROOT);
        yield YES.contains(word)
            ? Optional.of("true")
            : NO.contains(word) ? Optional.of("false") : Optional.empty();
      }
      case DATE_ISO -> {
        Matcher found = ISO.matcher(text);
        yield found.matches() ? day(found.group(1), found.group(2)) : Optional.empty();
      }
      case DATE_DAY_FIRST -> date(text, 2, 1);
      case DATE_MONTH_FIRST -> date(text, 1, 2);
    };
  }

  private static Optional<String> date(String text, int month, int day) {
    Matcher found = DATE.matcher(text);
    if (!found.matches()) {
      return Optional.empty();
    }
    String iso = found.group(3) + "-" + two(found.group(month)) + "-" + two(found.group(day));
    return day(iso, found.group(4));
  }

  private static String two(String digits) {
    return digits.length() == 1 ? "0" + digits : digits;
  }

  private static Optional<String> day(String iso, @org.jspecify.annotations.Nullable String time) {
    try {
      LocalDate.parse(iso, STRICT);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
    return Optional.of(time == null ? iso : iso + " " + time.strip().replaceFirst("^T", ""));
  }

  /// The ways that make sense for a column of a kind, the likeliest for these texts first.
  ///
  /// @param kind of the table's column; empty for a type that is given as text
  static List<ReadAs> choices(Optional<ValueKind> kind) {
    return kind.map(
            found ->
                switch (found) {
                  case INTEGER, DECIMAL, FLOAT -> List.of(NUMBER_POINT, NUMBER_COMMA, TEXT);
                  case BOOLEAN -> List.of(TRUTH, TEXT);
                  case DATE, TIMESTAMP -> List.of(DATE_ISO, DATE_DAY_FIRST, DATE_MONTH_FIRST, TEXT);
                  case TIME, UUID_TEXT -> List.of(TEXT);
                  case TEXT ->
                      List.of(
                          TEXT,
                          NUMBER_POINT,
                          NUMBER_COMMA,
                          TRUTH,
                          DATE_ISO,
                          DATE_DAY_FIRST,
                          DATE_MONTH_FIRST);
                })
        .orElse(List.of(TEXT));
  }

  /// The way by which most of the texts can be read; of equals the first choice.
  static ReadAs guess(Optional<ValueKind> kind, List<String> samples) {
    List<ReadAs> choices = choices(kind);
    ReadAs best = choices.getFirst();
    long most = -1;
    if (best == TEXT) {
      return TEXT;
    }
    for (ReadAs each : choices) {
      long fit =
          each == TEXT ? 0 : samples.stream().filter(text -> each.read(text).isPresent()).count();
      if (fit > most) {
        most = fit;
        best = each;
      }
    }
    return best;
  }
}
