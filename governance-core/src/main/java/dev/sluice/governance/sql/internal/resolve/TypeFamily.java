package dev.sluice.governance.sql.internal.resolve;

import java.util.Locale;

/// What kind of value an expression has, as far as failing is concerned.
public enum TypeFamily {
  UNKNOWN,
  NULL,
  TEXT,
  INTEGER,
  DECIMAL,
  FLOAT,
  BOOLEAN,
  DATETIME,
  INTERVAL,
  BINARY,
  JSON,
  ARRAY,
  ROW,
  OTHER;

  public boolean numeric() {
    return this == INTEGER || this == DECIMAL || this == FLOAT;
  }

  /// The family of an engine's type name; [#UNKNOWN] for an empty name, [#OTHER] for one that is
  /// not listed.
  public static TypeFamily ofTypeName(String typeName) {
    String name = typeName.toLowerCase(Locale.ROOT).strip();
    if (name.isEmpty()) {
      return UNKNOWN;
    }
    if (name.endsWith("[]") || name.startsWith("_") || name.startsWith("array")) {
      return ARRAY;
    }
    int end = name.indexOf('(');
    String head = (end < 0 ? name : name.substring(0, end)).strip();
    head = head.startsWith("pg_catalog.") ? head.substring("pg_catalog.".length()) : head;
    return switch (head) {
      case "text",
          "varchar",
          "char",
          "character",
          "character varying",
          "bpchar",
          "nvarchar",
          "nchar",
          "string",
          "clob",
          "name",
          "citext",
          "tinytext",
          "mediumtext",
          "longtext",
          "enum",
          "\"char\"" ->
          TEXT;
      case "int",
          "integer",
          "int2",
          "int4",
          "int8",
          "smallint",
          "bigint",
          "tinyint",
          "mediumint",
          "hugeint",
          "serial",
          "bigserial",
          "smallserial",
          "signed",
          "unsigned",
          "int unsigned",
          "bigint unsigned",
          "oid" ->
          INTEGER;
      case "numeric", "decimal", "number", "dec" -> DECIMAL;
      case "real", "float", "float4", "float8", "double", "double precision" -> FLOAT;
      case "bool", "boolean" -> BOOLEAN;
      case "date",
          "time",
          "timestamp",
          "datetime",
          "timestamptz",
          "timetz",
          "timestamp with time zone",
          "timestamp without time zone",
          "time with time zone",
          "time without time zone",
          "year" ->
          DATETIME;
      case "interval" -> INTERVAL;
      case "bytea", "blob", "binary", "varbinary", "tinyblob", "mediumblob", "longblob" -> BINARY;
      case "json", "jsonb" -> JSON;
      default -> OTHER;
    };
  }
}
