package dev.sluice.gateway.schema;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;

/// Reads a catalog over a session of its own.
public interface CatalogReader {

  /// Everything the session's login can see, apart from the engine's own catalogs.
  CatalogSnapshot read(Connection connection) throws SQLException;

  /// The reader of an engine.
  ///
  /// @throws IllegalArgumentException for an engine whose catalog cannot be read yet
  static CatalogReader of(Dialect engine) {
    return switch (engine) {
      case POSTGRESQL -> new PostgreSqlCatalog();
      case SQLITE -> new SqliteCatalog();
      case DUCKDB -> new DuckDbCatalog();
      case MARIADB, MYSQL -> new MariaDbCatalog();
      case TRINO -> new TrinoCatalog();
      case SQLSERVER, ANSI ->
          throw new IllegalArgumentException(
              "The catalog of " + engine.id() + " cannot be read yet.");
    };
  }
}
