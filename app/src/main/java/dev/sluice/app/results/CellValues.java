package dev.sluice.app.results;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Database values as people read them: exact numbers, no local time zone applied.
final class CellValues {

  private CellValues() {}

  static String text(Object value) {
    String text =
        switch (value) {
          case String string -> string;
          case BigDecimal decimal -> decimal.toPlainString();
          case java.time.LocalDateTime dateTime -> dateTime.toString().replace('T', ' ');
          case java.time.OffsetDateTime dateTime -> dateTime.toString().replace('T', ' ');
          case byte[] bytes -> hex(bytes);
          case Object[] array -> Arrays.deepToString(array);
          default -> String.valueOf(value);
        };
    return text.length() > ColumnStore.VALUE_LIMIT
        ? text.substring(0, ColumnStore.VALUE_LIMIT)
        : text;
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
