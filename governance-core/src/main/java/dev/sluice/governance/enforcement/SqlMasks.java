package dev.sluice.governance.enforcement;

import dev.sluice.governance.enforcement.DatabaseFacts.ColumnFact;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.sql.Dialect;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/// Masks as SQL expressions, for masked views and for statements rewritten at the source.
///
/// An exact expression gives, for every value its column can hold, the value that the core's mask
/// of the same name gives. Where an engine cannot do that, and for every mask that needs a key, the
/// result is a redaction of the column's type, and says so. NULL stays NULL.
///
/// The expressions name their functions so that no search path changes their meaning; they raise no
/// error for any value.
public final class SqlMasks {

  private static final Set<String> KEYED = Set.of("hash", "token", "fake");

  private final Dialect dialect;
  private final TextSqlMasks texts;
  private final Optional<NumberSqlMasks> numbers;
  private final Optional<DateSqlMasks> dates;

  private SqlMasks(
      Dialect dialect,
      SqlSyntax syntax,
      Optional<NumberSqlMasks> numbers,
      Optional<DateSqlMasks> dates) {
    this.dialect = dialect;
    this.texts = new TextSqlMasks(syntax);
    this.numbers = numbers;
    this.dates = dates;
  }

  /// @return empty for engines without such expressions
  public static Optional<SqlMasks> forDialect(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL ->
          Optional.of(
              new SqlMasks(
                  dialect,
                  new PostgresqlSyntax(),
                  Optional.of(new NumberSqlMasks(dialect)),
                  Optional.of(new DateSqlMasks(dialect))));
      case MARIADB, MYSQL ->
          Optional.of(
              new SqlMasks(
                  dialect,
                  new MariadbSyntax(),
                  Optional.of(new NumberSqlMasks(dialect)),
                  Optional.of(new DateSqlMasks(dialect))));
      case SQLITE ->
          Optional.of(
              new SqlMasks(dialect, new SqliteSyntax(false), Optional.empty(), Optional.empty()));
      case DUCKDB ->
          Optional.of(
              new SqlMasks(dialect, new SqliteSyntax(true), Optional.empty(), Optional.empty()));
      case TRINO ->
          Optional.of(new SqlMasks(dialect, new TrinoSyntax(), Optional.empty(), Optional.empty()));
      case SQLSERVER, ANSI -> Optional.empty();
    };
  }

  /// The masked form of a column.
  ///
  /// @param spec a valid mask
  /// @param column the column; its type decides what the mask can show
  public SqlMask of(MaskSpec spec, ColumnFact column) {
    TypeClass type = TypeClass.of(dialect, column.baseType());
    String name = SqlText.name(dialect, column.name());
    if (spec.algorithm().equals("nullify")) {
      return SqlMask.exact(nothing(type, column));
    }
    if (KEYED.contains(spec.algorithm())) {
      return SqlMask.instead(
          nothing(type, column),
          "The mask " + spec.algorithm() + " needs a key, which never goes into SQL: NULL.");
    }
    try {
      return switch (type) {
        case TEXT -> text(spec, column, name);
        case WHOLE_NUMBER, DECIMAL, FLOATING_POINT ->
            known(
                numbers.flatMap(masks -> masks.mask(spec, type, column, name)), spec, type, column);
        case DATE, TIMESTAMP, TIMESTAMP_WITH_ZONE ->
            known(dates.flatMap(masks -> masks.mask(spec, type, name)), spec, type, column);
        case BOOLEAN -> SqlMask.exact(bool(spec, column, name));
        case OTHER -> SqlMask.exact(nothing(type, column));
      };
    } catch (IllegalArgumentException notExpressible) {
      return SqlMask.instead(
          nothing(type, column), "A constant of the mask depends on session settings: NULL.");
    }
  }

  private SqlMask text(MaskSpec spec, ColumnFact column, String name) {
    String operand = operand(column, name);
    Optional<String> masked = texts.mask(spec, operand);
    String value = masked.orElse(TextSqlMasks.TOKEN);
    String ofText =
        dialect == Dialect.SQLITE ? "typeof(" + name + ") = 'text'" : name + " IS NOT NULL";
    String sql = typed("CASE WHEN " + ofText + " THEN " + value + " END", column);
    return masked.isPresent()
        ? SqlMask.exact(sql)
        : SqlMask.instead(
            sql, "The engine cannot express the mask " + spec.algorithm() + " exactly: redacted.");
  }

  private String operand(ColumnFact column, String name) {
    return switch (dialect) {
      case POSTGRESQL ->
          column.baseType().equals("bpchar")
              ? "pg_catalog.rpad(" + name + "::pg_catalog.text, " + column.length() + ")"
              : name + "::pg_catalog.text";
      case MARIADB, MYSQL -> MariadbSyntax.binary(name);
      case DUCKDB, TRINO -> "CAST(" + name + " AS VARCHAR)";
      case SQLITE, SQLSERVER, ANSI -> name;
    };
  }

  private String typed(String sql, ColumnFact column) {
    if (dialect == Dialect.POSTGRESQL) {
      String type = column.baseType().equals("varchar") ? "varchar" : "text";
      return "(" + sql + ")::pg_catalog." + type;
    }
    return "(" + sql + ")";
  }

  private SqlMask known(Optional<String> masked, MaskSpec spec, TypeClass type, ColumnFact column) {
    boolean nullAnyway =
        switch (spec.algorithm()) {
          case "round", "bucket" -> type != TypeClass.WHOLE_NUMBER && !numeric(type);
          case "age-band" -> false;
          case "date-to-year", "date-to-month" -> numeric(type);
          default -> true;
        };
    return masked
        .map(SqlMask::exact)
        .orElseGet(
            () ->
                nullAnyway
                    ? SqlMask.exact(nothing(type, column))
                    : SqlMask.instead(
                        nothing(type, column),
                        "The engine cannot express the mask "
                            + spec.algorithm()
                            + " exactly: NULL."));
  }

  private static boolean numeric(TypeClass type) {
    return type == TypeClass.WHOLE_NUMBER
        || type == TypeClass.DECIMAL
        || type == TypeClass.FLOATING_POINT;
  }

  private String bool(MaskSpec spec, ColumnFact column, String name) {
    if (spec.algorithm().equals("fixed")
        && spec.parameters().get("value") instanceof Boolean constant
        && dialect == Dialect.POSTGRESQL) {
      return "CASE WHEN " + name + " IS NOT NULL THEN " + constant + " END";
    }
    return nothing(TypeClass.BOOLEAN, column);
  }

  /// NULL of the column's type.
  private String nothing(TypeClass type, ColumnFact column) {
    return switch (dialect) {
      case POSTGRESQL ->
          column.baseType().equals("enum") || column.baseType().equals("citext")
              ? "NULL::pg_catalog.text"
              : "NULL::" + column.type();
      case MARIADB, MYSQL ->
          switch (type) {
            case TEXT -> "CAST(NULL AS CHAR CHARACTER SET utf8mb4)";
            case WHOLE_NUMBER, BOOLEAN -> "CAST(NULL AS SIGNED)";
            case DECIMAL -> "CAST(NULL AS DECIMAL(65,10))";
            case FLOATING_POINT -> "CAST(NULL AS DOUBLE)";
            case DATE -> "CAST(NULL AS DATE)";
            case TIMESTAMP, TIMESTAMP_WITH_ZONE -> "CAST(NULL AS DATETIME)";
            case OTHER -> "CAST(NULL AS BINARY)";
          };
      case DUCKDB, TRINO -> "CAST(NULL AS " + column.type() + ")";
      case SQLITE, SQLSERVER, ANSI -> "NULL";
    };
  }

  /// A number without exponent.
  static String plain(BigDecimal number) {
    return number.toPlainString();
  }
}
