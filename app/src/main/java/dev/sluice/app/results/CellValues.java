package dev.sluice.app.results;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HexFormat;

/// Database values as people read them: exact numbers, no local time zone applied.
final class CellValues {

  private static final int SHOWN_BYTES = 256;

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

  private static String hex(byte[] bytes) {
    String shown = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN_BYTES));
    return "\\x" + shown + (bytes.length > SHOWN_BYTES ? "… (" + bytes.length + " bytes)" : "");
  }
}
