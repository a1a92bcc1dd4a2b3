package dev.sluice.governance.enforcement;

import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.sql.Dialect;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/// Date masks as SQL. Infinities and dates outside of the years 1 to 9999 become NULL.
final class DateSqlMasks {

  private final Dialect dialect;

  DateSqlMasks(Dialect dialect) {
    this.dialect = dialect;
  }

  /// @return empty when the mask gives NULL for dates or the engine cannot express it
  Optional<String> mask(MaskSpec spec, TypeClass type, String name) {
    return switch (spec.algorithm()) {
      case "date-to-year" -> Optional.of(truncated("year", "%Y-01-01", type, name));
      case "date-to-month" -> Optional.of(truncated("month", "%Y-%m-01", type, name));
      case "age-band" -> ageBand(spec, type, name);
      default -> Optional.empty();
    };
  }

  private String truncated(String unit, String format, TypeClass type, String name) {
    if (dialect == Dialect.POSTGRESQL) {
      String operand = type == TypeClass.DATE ? name + "::pg_catalog.timestamp" : name;
      return inRange(
          name, "pg_catalog.date_trunc('" + unit + "', " + operand + ")::" + typeName(type));
    }
    return inRange(name, castDate("DATE_FORMAT(" + name + ", '" + format + "')", type));
  }

  /// Somebody's date of birth becomes that of a person who turns the band's lower age today.
  private Optional<String> ageBand(MaskSpec spec, TypeClass type, String name) {
    int years = TextSqlMasks.number(spec, "years", 10);
    Optional<String> today = today(spec);
    if (today.isEmpty()) {
      return Optional.empty();
    }
    String day = today.get();
    String age;
    String birthday;
    if (dialect == Dialect.POSTGRESQL) {
      String birth = name + "::pg_catalog.date";
      age =
          "("
              + part("year", day)
              + " - "
              + part("year", birth)
              + " - CASE WHEN "
              + part("month", day)
              + " * 100 + "
              + part("day", day)
              + " < "
              + part("month", birth)
              + " * 100 + "
              + part("day", birth)
              + " THEN 1 ELSE 0 END)";
      String band = "(" + age + " - MOD(" + age + ", " + years + "))";
      birthday =
          "(" + day + " - pg_catalog.make_interval(years => " + band + "))::" + typeName(type);
      return Optional.of(
          inRange(name, "CASE WHEN " + birth + " <= " + day + " THEN " + birthday + " END"));
    }
    age =
        "(YEAR("
            + day
            + ") - YEAR("
            + name
            + ") - (DATE_FORMAT("
            + day
            + ", '%m%d') < DATE_FORMAT("
            + name
            + ", '%m%d')))";
    String band = "(" + age + " - MOD(" + age + ", " + years + "))";
    birthday = castDate("DATE_SUB(" + day + ", INTERVAL " + band + " YEAR)", type);
    return Optional.of(
        inRange(
            name, "CASE WHEN CAST(" + name + " AS DATE) <= " + day + " THEN " + birthday + " END"));
  }

  private Optional<String> today(MaskSpec spec) {
    if (!(spec.parameters().get("as-of") instanceof String asOf) || asOf.isEmpty()) {
      return Optional.of("CURRENT_DATE");
    }
    try {
      String literal = SqlText.literal(LocalDate.parse(asOf).toString());
      return Optional.of(
          dialect == Dialect.POSTGRESQL ? literal + "::pg_catalog.date" : "DATE " + literal);
    } catch (DateTimeException notADay) {
      return Optional.empty();
    }
  }

  private static String part(String unit, String date) {
    return "EXTRACT(" + unit + " FROM " + date + ")::pg_catalog.int4";
  }

  private String inRange(String name, String masked) {
    if (dialect == Dialect.POSTGRESQL) {
      return "CASE WHEN "
          + name
          + " >= '0001-01-01' AND "
          + name
          + " < '10000-01-01' THEN "
          + masked
          + " END";
    }
    // MySQL's zero dates have a month or day 0.
    return "CASE WHEN YEAR("
        + name
        + ") > 0 AND MONTH("
        + name
        + ") > 0 AND DAYOFMONTH("
        + name
        + ") > 0 THEN "
        + masked
        + " END";
  }

  private static String castDate(String sql, TypeClass type) {
    return "CAST(" + sql + " AS " + (type == TypeClass.DATE ? "DATE" : "DATETIME") + ")";
  }

  private static String typeName(TypeClass type) {
    return switch (type) {
      case DATE -> "pg_catalog.date";
      case TIMESTAMP_WITH_ZONE -> "pg_catalog.timestamptz";
      case TIMESTAMP, TEXT, WHOLE_NUMBER, DECIMAL, FLOATING_POINT, BOOLEAN, OTHER ->
          "pg_catalog.timestamp";
    };
  }
}
