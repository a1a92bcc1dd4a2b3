package dev.sluice.gateway.jdbc;

import dev.sluice.gateway.workspace.RunEvent;
import java.math.BigDecimal;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Locale;

/// What of [ResultSetMetaData] is served.
public final class ShapeCalls {

  private final List<RunEvent.ResultColumn> columns;

  ShapeCalls(List<RunEvent.ResultColumn> columns) {
    this.columns = columns;
  }

  private RunEvent.ResultColumn column(int number) throws SQLException {
    if (number < 1 || number > columns.size()) {
      throw SqlProblems.wrongUse(
          "There is no column " + number + "; there are " + columns.size() + ".");
    }
    return columns.get(number - 1);
  }

  public int getColumnCount() {
    return columns.size();
  }

  public String getColumnLabel(int number) throws SQLException {
    return column(number).label();
  }

  public String getColumnName(int number) throws SQLException {
    return column(number).label();
  }

  public String getColumnTypeName(int number) throws SQLException {
    return column(number).typeName();
  }

  public int getColumnType(int number) throws SQLException {
    return type(column(number).typeName());
  }

  /// The JDBC type of an engine's type name.
  static int type(String typeName) {
    String name = typeName.toLowerCase(Locale.ROOT).replaceAll("\\s*\\(.*", "");
    return switch (name) {
      case "int2", "smallint" -> Types.SMALLINT;
      case "int4", "int", "integer", "serial" -> Types.INTEGER;
      case "int8", "bigint", "bigserial" -> Types.BIGINT;
      case "numeric", "decimal" -> Types.NUMERIC;
      case "float4", "real" -> Types.REAL;
      case "float8", "double", "double precision" -> Types.DOUBLE;
      case "bool", "boolean", "bit" -> Types.BOOLEAN;
      case "date" -> Types.DATE;
      case "time" -> Types.TIME;
      case "timestamp", "datetime", "timestamp without time zone" -> Types.TIMESTAMP;
      case "timestamptz", "timestamp with time zone" -> Types.TIMESTAMP_WITH_TIMEZONE;
      case "bytea", "blob", "binary", "varbinary" -> Types.VARBINARY;
      case "bpchar", "char", "character" -> Types.CHAR;
      default -> Types.VARCHAR;
    };
  }

  public String getColumnClassName(int number) throws SQLException {
    return switch (getColumnType(number)) {
      case Types.SMALLINT, Types.INTEGER -> Integer.class.getName();
      case Types.BIGINT -> Long.class.getName();
      case Types.NUMERIC -> BigDecimal.class.getName();
      case Types.REAL -> Float.class.getName();
      case Types.DOUBLE -> Double.class.getName();
      case Types.BOOLEAN -> Boolean.class.getName();
      default -> String.class.getName();
    };
  }

  public int getColumnDisplaySize(int number) throws SQLException {
    return switch (getColumnType(number)) {
      case Types.SMALLINT, Types.INTEGER -> 11;
      case Types.BIGINT, Types.NUMERIC, Types.DOUBLE, Types.REAL -> 22;
      case Types.BOOLEAN -> 5;
      case Types.DATE -> 10;
      default -> 40;
    };
  }

  public int getPrecision(int number) throws SQLException {
    column(number);
    return 0;
  }

  public int getScale(int number) throws SQLException {
    column(number);
    return 0;
  }

  public int isNullable(int number) throws SQLException {
    column(number);
    return ResultSetMetaData.columnNullableUnknown;
  }

  public boolean isSigned(int number) throws SQLException {
    return switch (getColumnType(number)) {
      case Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.REAL, Types.DOUBLE ->
          true;
      default -> false;
    };
  }

  public boolean isAutoIncrement(int number) throws SQLException {
    column(number);
    return false;
  }

  public boolean isCaseSensitive(int number) throws SQLException {
    column(number);
    return true;
  }

  public boolean isSearchable(int number) throws SQLException {
    return column(number).mask().isEmpty();
  }

  public boolean isCurrency(int number) throws SQLException {
    column(number);
    return false;
  }

  public boolean isReadOnly(int number) throws SQLException {
    column(number);
    return true;
  }

  public boolean isWritable(int number) throws SQLException {
    column(number);
    return false;
  }

  public boolean isDefinitelyWritable(int number) throws SQLException {
    column(number);
    return false;
  }

  public String getSchemaName(int number) throws SQLException {
    column(number);
    return "";
  }

  public String getTableName(int number) throws SQLException {
    column(number);
    return "";
  }

  public String getCatalogName(int number) throws SQLException {
    column(number);
    return "";
  }
}
