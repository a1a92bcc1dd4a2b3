package dev.sluice.app.results.imports;

import dev.sluice.governance.sql.Dialect;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a column can hold at most, as far as its type's name tells. What it does not tell, the
/// database refuses.
///
/// @param bits of a whole number, 0 when unknown
/// @param length of a text in characters, 0 when unknown
record ValueRange(int bits, boolean unsigned, int length) {

  private static final Pattern LENGTH = Pattern.compile(".*char.*\\(([0-9]{1,6})\\).*");
  private static final ValueRange OPEN = new ValueRange(0, false, 0);

  static ValueRange of(String typeName, Dialect dialect) {
    if (dialect == Dialect.SQLITE) {
      return OPEN;
    }
    String type = typeName.toLowerCase(Locale.ROOT);
    Matcher text = LENGTH.matcher(type);
    if (text.matches()) {
      return new ValueRange(0, false, Integer.parseInt(text.group(1)));
    }
    boolean unsigned = type.contains("unsigned");
    String name = type.replaceAll("\\(.*\\)", "").replace("unsigned", "").strip();
    int bits =
        switch (name) {
          case "tinyint" -> 8;
          case "smallint", "int2", "smallserial" -> 16;
          case "mediumint" -> 24;
          case "int", "integer", "int4", "serial" -> 32;
          case "bigint", "int8", "bigserial" -> 64;
          default -> 0;
        };
    return bits == 0 ? OPEN : new ValueRange(bits, unsigned, 0);
  }

  boolean holds(String text) {
    if (length > 0) {
      return text.codePointCount(0, text.length()) <= length;
    }
    return bits == 0 || number(text).map(this::holds).orElse(true);
  }

  private boolean holds(BigInteger number) {
    // SQL Server's smallest integers have no sign, those of the others have: the wider one counts.
    return unsigned || bits == 8
        ? number.bitLength() <= bits && (bits == 8 && !unsigned || number.signum() >= 0)
        : number.bitLength() < bits;
  }

  private static Optional<BigInteger> number(String text) {
    String bare = text.strip().replaceFirst("^\\+", "");
    return bare.matches("-?[0-9]{1,60}") ? Optional.of(new BigInteger(bare)) : Optional.empty();
  }
}
