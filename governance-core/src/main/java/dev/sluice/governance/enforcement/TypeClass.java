package dev.sluice.governance.enforcement;

import dev.sluice.governance.sql.Dialect;
import java.util.Locale;

/// What a column's type means to a mask: the kinds of value that the core's masks tell apart.
public enum TypeClass {
  TEXT,
  WHOLE_NUMBER,
  DECIMAL,
  FLOATING_POINT,
  BOOLEAN,
  DATE,
  TIMESTAMP,
  TIMESTAMP_WITH_ZONE,
  /// Everything else; every mask but a constant gives NULL.
  OTHER;

  /// @param baseType the engine's name of the type, without length, domains resolved
  public static TypeClass of(Dialect dialect, String baseType) {
    String type = baseType.toLowerCase(Locale.ROOT).strip();
    int parenthesis = type.indexOf('(');
    String word = (parenthesis < 0 ? type : type.substring(0, parenthesis)).strip();
    return switch (dialect) {
      case POSTGRESQL -> postgresql(word);
      case MARIADB, MYSQL -> mysql(type, word);
      case DUCKDB -> duckdb(word);
      case SQLITE -> sqlite(word);
      case TRINO -> trino(type, word);
      case SQLSERVER, ANSI -> OTHER;
    };
  }

  private static TypeClass postgresql(String type) {
    return switch (type) {
      case "text",
          "varchar",
          "character varying",
          "bpchar",
          "character",
          "name",
          "citext",
          "char",
          "enum" ->
          TEXT;
      case "int2", "int4", "int8", "smallint", "integer", "bigint" -> WHOLE_NUMBER;
      case "numeric" -> DECIMAL;
      case "float4", "float8", "real", "double precision" -> FLOATING_POINT;
      case "bool", "boolean" -> BOOLEAN;
      case "date" -> DATE;
      case "timestamp", "timestamp without time zone" -> TIMESTAMP;
      case "timestamptz", "timestamp with time zone" -> TIMESTAMP_WITH_ZONE;
      default -> OTHER;
    };
  }

  private static TypeClass mysql(String type, String word) {
    if (type.startsWith("tinyint(1)")) {
      return BOOLEAN;
    }
    return switch (word) {
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set", "json" ->
          TEXT;
      case "tinyint", "smallint", "mediumint", "int", "integer", "bigint" -> WHOLE_NUMBER;
      case "decimal", "numeric" -> DECIMAL;
      case "float", "double" -> FLOATING_POINT;
      case "date" -> DATE;
      case "datetime", "timestamp" -> TIMESTAMP;
      default -> OTHER;
    };
  }

  private static TypeClass duckdb(String type) {
    return switch (type) {
      case "varchar", "text", "string", "char", "bpchar", "enum" -> TEXT;
      case "tinyint",
          "smallint",
          "integer",
          "bigint",
          "utinyint",
          "usmallint",
          "uinteger",
          "ubigint",
          "int" ->
          WHOLE_NUMBER;
      case "decimal", "numeric" -> DECIMAL;
      case "float", "double", "real" -> FLOATING_POINT;
      case "boolean", "bool" -> BOOLEAN;
      case "date" -> DATE;
      case "timestamp", "datetime" -> TIMESTAMP;
      case "timestamp with time zone", "timestamptz" -> TIMESTAMP_WITH_ZONE;
      default -> OTHER;
    };
  }

  private static TypeClass trino(String type, String word) {
    return switch (word) {
      case "varchar", "char" -> TEXT;
      case "tinyint", "smallint", "integer", "bigint" -> WHOLE_NUMBER;
      case "decimal" -> DECIMAL;
      case "real", "double" -> FLOATING_POINT;
      case "boolean" -> BOOLEAN;
      case "date" -> DATE;
      case "timestamp", "timestamp with time zone" ->
          type.endsWith("with time zone") ? TIMESTAMP_WITH_ZONE : TIMESTAMP;
      default -> OTHER;
    };
  }

  /// SQLite stores any kind of value in any column: masks ask each value for its kind, and the
  /// declared type only says which mask is likely to fit.
  private static TypeClass sqlite(String type) {
    if (type.contains("int")) {
      return WHOLE_NUMBER;
    }
    return TEXT;
  }
}
