package dev.sluice.governance.masking;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Applies a change of date to every kind of value that holds one, and keeps that kind: a date
/// stays a date, a timestamp becomes midnight of the new date, an ISO text stays an ISO text.
/// Values that hold no date are redacted.
final class Dates {

  private Dates() {}

  static @Nullable Object change(@Nullable Object value, UnaryOperator<LocalDate> change) {
    try {
      return switch (value) {
        case null -> null;
        case LocalDate date -> change.apply(date);
        case LocalDateTime time -> change.apply(time.toLocalDate()).atStartOfDay();
        case OffsetDateTime time ->
            change.apply(time.toLocalDate()).atStartOfDay().atOffset(time.getOffset());
        case ZonedDateTime time -> change.apply(time.toLocalDate()).atStartOfDay(time.getZone());
        case Instant instant ->
            change
                .apply(instant.atOffset(ZoneOffset.UTC).toLocalDate())
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC);
        case java.util.Date date -> changeLegacy(date, change);
        case CharSequence text -> changeText(text.toString(), change);
        default -> TypedRedaction.of(value);
      };
    } catch (DateTimeException | ArithmeticException outOfRange) {
      return TypedRedaction.of(value);
    }
  }

  /// The driver's own date types print themselves in ISO form, in the zone they were read in.
  private static @Nullable Object changeLegacy(
      java.util.Date date, UnaryOperator<LocalDate> change) {
    return switch (date.getClass().getName()) {
      case "java.sql.Date" -> change.apply(LocalDate.parse(date.toString()));
      case "java.sql.Timestamp" ->
          change.apply(LocalDate.parse(date.toString().substring(0, 10))).atStartOfDay();
      default -> null;
    };
  }

  private static String changeText(String text, UnaryOperator<LocalDate> change) {
    String stripped = text.strip();
    boolean dateOnly = stripped.length() == 10;
    boolean withTime =
        stripped.length() > 10 && (stripped.charAt(10) == 'T' || stripped.charAt(10) == ' ');
    if (!dateOnly && !withTime) {
      return TypedRedaction.TOKEN;
    }
    return change.apply(LocalDate.parse(stripped.substring(0, 10))).toString();
  }
}
