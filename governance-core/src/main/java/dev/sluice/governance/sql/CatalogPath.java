package dev.sluice.governance.sql;

import dev.sluice.governance.catalog.CatalogSnapshot;
import java.util.List;

/// Trino's names of three parts. A catalog that was read from Trino has `catalog.schema` as the
/// schema of its tables, and the session's own pair as its search path. Names of Trino's catalogs
/// have no dot (the reader leaves others out), so that the first dot parts the two.
public final class CatalogPath {

  private CatalogPath() {}

  /// The names that stand before a table's in SQL: none, one, or catalog and schema.
  public static List<String> of(String schema, Dialect dialect) {
    if (schema.isEmpty()) {
      return List.of();
    }
    return dialect == Dialect.TRINO && tellsCatalog(schema)
        ? List.of(
            schema.substring(0, schema.indexOf('.')), schema.substring(schema.indexOf('.') + 1))
        : List.of(schema);
  }

  /// Whether a table's schema tells its catalog too.
  public static boolean tellsCatalog(String schema) {
    return schema.indexOf('.') > 0;
  }

  /// The schema without its catalog.
  public static String withoutCatalog(String schema) {
    return schema.substring(schema.indexOf('.') + 1);
  }

  /// A schema that Trino reads without a catalog: in the session's own one.
  public static String inSession(String schema, CatalogSnapshot catalog) {
    return catalog.searchPath().stream()
        .filter(CatalogPath::tellsCatalog)
        .findFirst()
        .map(own -> own.substring(0, own.indexOf('.') + 1) + schema)
        .orElse(schema);
  }
}
