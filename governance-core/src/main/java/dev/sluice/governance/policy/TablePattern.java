package dev.sluice.governance.policy;

import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.CatalogPath;

/// A table as policies name it: `table` means that table in every schema, `schema.table` in one.
final class TablePattern {

  private TablePattern() {}

  static boolean matches(String pattern, TableRef table) {
    String folded = ColumnPattern.fold(pattern);
    return TagPattern.matches(folded, ColumnPattern.fold(table.name()))
        || TagPattern.matches(folded, ColumnPattern.fold(table.dotted()))
        // Trino's `catalog.schema`: the schema alone means it in every catalog.
        || (CatalogPath.tellsCatalog(table.schema())
            && TagPattern.matches(
                folded, ColumnPattern.fold(CatalogPath.withoutCatalog(table.dotted()))));
  }
}
