package dev.sluice.app.results;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Database values as people read them: exact numbers, no local time zone applied.
final class CellValues {

  private static final String INFINITY = "infinity";

  /// The year counts from one in both directions.
  private static final DateTimeFormatter DAY =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR_OF_ERA, 4, 10, SignStyle.NOT_NEGATIVE)
          .appendPattern("-MM-dd")
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private CellValues() {}

  static String text(Object value) {
    String text =
        switch (value) {
          case String string -> string;
          case BigDecimal decimal -> decimal.toPlainString();
          case LocalDate date -> date(date);
          case LocalDateTime dateTime -> dateTime(dateTime);
          case OffsetDateTime dateTime -> dateTime(dateTime);
          case byte[] bytes -> hex(bytes);
          case Object[] array -> Arrays.deepToString(array);
          default -> String.valueOf(value);
        };
    return text.length() > ColumnStore.VALUE_LIMIT
        ? text.substring(0, ColumnStore.VALUE_LIMIT)
        : text;
  }

  /// As databases write it: with words for the ends of time, and years before the first as BC.
  private static String date(LocalDate date) {
    if (date.equals(LocalDate.MAX)) {
      return INFINITY;
    }
    if (date.equals(LocalDate.MIN)) {
      return "-" + INFINITY;
    }
    return DAY.format(date) + era(date);
  }

  private static String era(LocalDate date) {
    return date.getYear() < 1 ? " BC" : "";
  }

  private static String dateTime(LocalDateTime at) {
    if (at.equals(LocalDateTime.MAX)) {
      return INFINITY;
    }
    if (at.equals(LocalDateTime.MIN)) {
      return "-" + INFINITY;
    }
    return DAY.format(at) + " " + TIME.format(at) + era(at.toLocalDate());
  }

  private static String dateTime(OffsetDateTime at) {
    if (at.equals(OffsetDateTime.MAX)) {
      return INFINITY;
    }
    if (at.equals(OffsetDateTime.MIN)) {
      return "-" + INFINITY;
    }
    return DAY.format(at) + " " + TIME.format(at) + at.getOffset() + era(at.toLocalDate());
  }

  /// Characters of its whole text; bytes of a binary value.
  static long length(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case byte[] bytes -> bytes.length;
      case String text -> text.length();
      default -> String.valueOf(value).length();
    };
  }

  /// `\\x` and two digits a byte, as far as a cell holds.
  private static String hex(byte[] bytes) {
    return "\\x"
        + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, ColumnStore.VALUE_LIMIT / 2));
  }

  /// The bytes behind the text of a binary value; empty when it is not one.
  static Optional<byte[]> bytes(String text) {
    if (!text.startsWith("\\x") || text.length() % 2 != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(HexFormat.of().parseHex(text, 2, text.length()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
