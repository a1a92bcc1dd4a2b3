package dev.sluice.governance.enforcement;

import dev.sluice.governance.enforcement.DatabaseFacts.ColumnFact;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.sql.Dialect;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;

/// Number masks as SQL. Arithmetic is exact and its bounds are checked first, so nothing overflows.
final class NumberSqlMasks {

  private static final BigDecimal LARGEST_INT = BigDecimal.valueOf(Integer.MAX_VALUE);
  private static final BigDecimal LARGEST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal HUGE = BigDecimal.TEN.pow(60);

  private final Dialect dialect;

  NumberSqlMasks(Dialect dialect) {
    this.dialect = dialect;
  }

  /// @return empty when the mask gives NULL for numbers or the engine cannot express it
  Optional<String> mask(MaskSpec spec, TypeClass type, ColumnFact column, String name) {
    return switch (spec.algorithm()) {
      case "fixed" -> fixed(spec, type, column, name);
      case "round" -> multiple(step(spec, "to"), true, type, column, name);
      case "bucket" -> multiple(step(spec, "size"), false, type, column, name);
      case "age-band" -> ageBand(spec, type, column, name);
      default -> Optional.empty();
    };
  }

  private static Optional<BigDecimal> step(MaskSpec spec, String name) {
    return spec.parameters().get(name) instanceof Number number
        ? Optional.of(new BigDecimal(number.toString()))
        : Optional.empty();
  }

  private Optional<String> fixed(MaskSpec spec, TypeClass type, ColumnFact column, String name) {
    if (!(spec.parameters().get("value") instanceof Number number)) {
      return Optional.empty();
    }
    BigDecimal constant = new BigDecimal(number.toString());
    if (type == TypeClass.WHOLE_NUMBER && !fits(constant, column)) {
      return Optional.empty();
    }
    String literal = SqlMasks.plain(constant);
    return Optional.of(
        "CASE WHEN "
            + name
            + " IS NOT NULL THEN "
            + cast("(" + literal + ")", type, column)
            + " END");
  }

  private boolean fits(BigDecimal constant, ColumnFact column) {
    try {
      BigInteger whole = constant.toBigIntegerExact();
      return whole.abs().compareTo(largest(column).toBigInteger()) <= 0;
    } catch (ArithmeticException fraction) {
      return false;
    }
  }

  private Optional<String> multiple(
      Optional<BigDecimal> step, boolean nearest, TypeClass type, ColumnFact column, String name) {
    if (step.isEmpty() || (type == TypeClass.FLOATING_POINT && dialect != Dialect.POSTGRESQL)) {
      return Optional.empty();
    }
    String size = SqlMasks.plain(step.get());
    String value = exactValue(type, name);
    String remainder = "MOD(" + value + ", " + size + ")";
    // Asked of the absolute value, since MariaDB tells a negative zero from zero.
    String floor =
        "("
            + value
            + " - "
            + remainder
            + " - CASE WHEN "
            + value
            + " < 0 AND MOD(ABS("
            + value
            + "), "
            + size
            + ") <> 0 THEN "
            + size
            + " ELSE 0 END)";
    String result = floor;
    if (nearest) {
      String above = "(" + value + " - " + floor + ")";
      String odd = "MOD(" + floor + " / " + size + ", 2) <> 0";
      result =
          "("
              + floor
              + " + CASE WHEN 2 * "
              + above
              + " > "
              + size
              + " OR (2 * "
              + above
              + " = "
              + size
              + " AND "
              + odd
              + ") THEN "
              + size
              + " ELSE 0 END)";
    }
    String whole =
        dialect == Dialect.POSTGRESQL
            ? "pg_catalog.trunc(" + result + ")"
            : "TRUNCATE(" + result + ", 0)";
    String guarded = within(type, column, value, whole);
    return Optional.of("CASE WHEN " + finite(type, name) + " THEN " + guarded + " END");
  }

  private Optional<String> ageBand(MaskSpec spec, TypeClass type, ColumnFact column, String name) {
    if (type == TypeClass.FLOATING_POINT && dialect != Dialect.POSTGRESQL) {
      return Optional.empty();
    }
    int years = TextSqlMasks.number(spec, "years", 10);
    String value = exactValue(type, name);
    String whole =
        dialect == Dialect.POSTGRESQL
            ? "pg_catalog.trunc(" + value + ")"
            : "TRUNCATE(" + value + ", 0)";
    String band = "(" + whole + " - MOD(" + whole + ", " + years + "))";
    return Optional.of(
        "CASE WHEN "
            + finite(type, name)
            + " THEN CASE WHEN "
            + value
            + " BETWEEN 0 AND 200 THEN "
            + cast(band, type, column)
            + " END END");
  }

  /// The value as an exact decimal.
  private String exactValue(TypeClass type, String name) {
    if (dialect == Dialect.POSTGRESQL) {
      return type == TypeClass.FLOATING_POINT
          ? "(" + name + "::pg_catalog.text)::pg_catalog.numeric"
          : name + "::pg_catalog.numeric";
    }
    return type == TypeClass.WHOLE_NUMBER ? "CAST(" + name + " AS DECIMAL(65, 0))" : name;
  }

  /// A condition that keeps NULL, NaN and infinities out.
  private String finite(TypeClass type, String name) {
    if (dialect == Dialect.POSTGRESQL && type != TypeClass.WHOLE_NUMBER) {
      return "(" + name + "::pg_catalog.text) NOT IN ('NaN', 'Infinity', '-Infinity')";
    }
    return name + " IS NOT NULL";
  }

  /// NULL where the core gives NULL: a result beyond the type, or a number too large to treat.
  private String within(TypeClass type, ColumnFact column, String value, String result) {
    if (type == TypeClass.WHOLE_NUMBER) {
      BigDecimal largest = largest(column);
      String smallest = SqlMasks.plain(largest.negate().subtract(BigDecimal.ONE));
      return "CASE WHEN "
          + result
          + " BETWEEN "
          + smallest
          + " AND "
          + SqlMasks.plain(largest)
          + " THEN "
          + cast(result, type, column)
          + " END";
    }
    String huge =
        dialect == Dialect.POSTGRESQL
            ? "ABS(" + value + ") < " + SqlMasks.plain(HUGE)
            : "ABS(" + value + ") < 1" + "0".repeat(38);
    String scale =
        dialect == Dialect.POSTGRESQL
            ? " AND COALESCE(pg_catalog.scale(" + value + "), 0) <= 1000"
            : "";
    return "CASE WHEN " + huge + scale + " THEN " + cast(result, type, column) + " END";
  }

  /// Smaller types give what the driver gives: an int.
  private static BigDecimal largest(ColumnFact column) {
    String type = column.baseType().toLowerCase(Locale.ROOT);
    return type.startsWith("int8") || type.startsWith("bigint") ? LARGEST_LONG : LARGEST_INT;
  }

  private String cast(String sql, TypeClass type, ColumnFact column) {
    if (dialect != Dialect.POSTGRESQL) {
      return switch (type) {
        case WHOLE_NUMBER -> "CAST(" + sql + " AS SIGNED)";
        case FLOATING_POINT -> "CAST(" + sql + " AS DOUBLE)";
        case DECIMAL, TEXT, BOOLEAN, DATE, TIMESTAMP, TIMESTAMP_WITH_ZONE, OTHER -> sql;
      };
    }
    String name =
        switch (column.baseType()) {
          case "int2", "int4", "smallint", "integer" -> "int4";
          case "int8", "bigint" -> "int8";
          case "float4", "real" -> "float4";
          case "float8", "double precision" -> "float8";
          default -> "numeric";
        };
    return "(" + sql + ")::pg_catalog." + name;
  }
}
