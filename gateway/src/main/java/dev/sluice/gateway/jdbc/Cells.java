package dev.sluice.gateway.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Converts masked cells as JDBC's getters promise. What a cell cannot become is SQLSTATE 22018,
/// told without the value.
final class Cells {

  private static final BigDecimal LOWEST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal HIGHEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private Cells() {}

  static @Nullable Object object(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case LocalDate date -> Date.valueOf(date);
      case LocalTime time -> Time.valueOf(time);
      case LocalDateTime time -> Timestamp.valueOf(time);
      default -> value;
    };
  }

  static @Nullable String text(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case BigDecimal number -> number.toPlainString();
      case byte[] bytes -> "\\x" + java.util.HexFormat.of().formatHex(bytes);
      case LocalDateTime time -> time.toString().replace('T', ' ');
      default -> value.toString();
    };
  }

  static boolean truth(@Nullable Object value) throws SQLException {
    return switch (value) {
      case null -> false;
      case Boolean truth -> truth;
      case Number number -> number.doubleValue() != 0;
      case String text ->
          switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "t", "true", "1", "y", "yes" -> true;
            case "f", "false", "0", "n", "no" -> false;
            default -> throw unfit("a boolean");
          };
      default -> throw unfit("a boolean");
    };
  }

  static long whole(@Nullable Object value, long least, long most) throws SQLException {
    if (value instanceof Integer number && number >= least && number <= most) {
      return number;
    }
    BigDecimal number = decimal(value);
    if (number == null) {
      return 0;
    }
    if (number.compareTo(LOWEST) < 0 || number.compareTo(HIGHEST) > 0) {
      throw unfit("a whole number of this size");
    }
    long whole = number.longValue();
    if (whole < least || whole > most) {
      throw unfit("a whole number of this size");
    }
    return whole;
  }

  static @Nullable BigDecimal decimal(@Nullable Object value) throws SQLException {
    try {
      return switch (value) {
        case null -> null;
        case BigDecimal number -> number;
        case BigInteger number -> new BigDecimal(number);
        case Double number -> BigDecimal.valueOf(number);
        case Float number -> new BigDecimal(number.toString());
        case Number number -> BigDecimal.valueOf(number.longValue());
        case Boolean truth -> truth ? BigDecimal.ONE : BigDecimal.ZERO;
        case String text -> new BigDecimal(text.strip());
        default -> throw unfit("a number");
      };
    } catch (NumberFormatException e) {
      throw unfit("a number");
    }
  }

  static byte @Nullable [] bytes(@Nullable Object value) throws SQLException {
    return switch (value) {
      case null -> null;
      case byte[] bytes -> bytes.clone();
      case String text -> text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      default -> throw unfit("bytes");
    };
  }

  static @Nullable Date date(@Nullable Object value) throws SQLException {
    LocalDate date = as(value, LocalDate.class);
    return date == null ? null : Date.valueOf(date);
  }

  static @Nullable Time time(@Nullable Object value) throws SQLException {
    LocalTime time = as(value, LocalTime.class);
    return time == null ? null : Time.valueOf(time);
  }

  static @Nullable Timestamp timestamp(@Nullable Object value) throws SQLException {
    if (value instanceof OffsetDateTime time) {
      return Timestamp.from(time.toInstant());
    }
    LocalDateTime time = as(value, LocalDateTime.class);
    return time == null ? null : Timestamp.valueOf(time);
  }

  static <T> @Nullable T as(@Nullable Object value, Class<T> type) throws SQLException {
    if (value == null) {
      return null;
    }
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    try {
      Object made = made(value, type);
      if (type.isInstance(made)) {
        return type.cast(made);
      }
    } catch (DateTimeException e) {
      throw unfit(type.getSimpleName());
    }
    throw unfit(type.getSimpleName());
  }

  private static @Nullable Object made(Object value, Class<?> type) throws SQLException {
    return switch (type.getName()) {
      case "java.lang.String" -> text(value);
      case "java.lang.Boolean" -> truth(value);
      case "java.lang.Integer" -> (int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "java.lang.Long" -> whole(value, Long.MIN_VALUE, Long.MAX_VALUE);
      case "java.lang.Short" -> (short) whole(value, Short.MIN_VALUE, Short.MAX_VALUE);
      case "java.math.BigDecimal" -> decimal(value);
      case "java.lang.Double" -> {
        BigDecimal number = decimal(value);
        yield number == null ? null : number.doubleValue();
      }
      case "java.time.LocalDate" ->
          switch (value) {
            case LocalDateTime time -> time.toLocalDate();
            case OffsetDateTime time -> time.toLocalDate();
            case String text -> LocalDate.parse(text.strip());
            default -> null;
          };
      case "java.time.LocalTime" ->
          switch (value) {
            case LocalDateTime time -> time.toLocalTime();
            case OffsetDateTime time -> time.toLocalTime();
            case String text -> LocalTime.parse(text.strip());
            default -> null;
          };
      case "java.time.LocalDateTime" ->
          switch (value) {
            case LocalDate date -> date.atStartOfDay();
            case OffsetDateTime time -> time.toLocalDateTime();
            case String text -> LocalDateTime.parse(text.strip().replace(' ', 'T'));
            default -> null;
          };
      case "java.sql.Date" -> date(value);
      case "java.sql.Time" -> time(value);
      case "java.sql.Timestamp" -> timestamp(value);
      default -> null;
    };
  }

  private static SQLException unfit(String wanted) {
    return new SQLException("A value of this column is not " + wanted + ".", "22018");
  }
}
