package dev.sluice.governance.sql;

import java.util.Arrays;
import java.util.Optional;

/// The SQL dialects that have an exact lexer here. `ANSI` is the permissive common dialect.
public enum Dialect {
  POSTGRESQL("postgresql"),
  MYSQL("mysql"),
  MARIADB("mariadb"),
  SQLITE("sqlite"),
  DUCKDB("duckdb"),
  SQLSERVER("sqlserver"),
  TRINO("trino"),
  ANSI("ansi");

  private final String id;

  Dialect(String id) {
    this.id = id;
  }

  /// The name used in files and on the wire.
  public String id() {
    return id;
  }

  /// How its server reads text.
  public LexicalRules lexicalRules() {
    return LexicalRules.of(this);
  }

  public static Optional<Dialect> named(String id) {
    return Arrays.stream(values()).filter(dialect -> dialect.id.equals(id)).findFirst();
  }
}
