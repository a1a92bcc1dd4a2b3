package dev.sluice.governance.policy;

import dev.sluice.governance.catalog.TableRef;

/// A table as policies name it: `table` means that table in every schema, `schema.table` in one.
final class TablePattern {

  private TablePattern() {}

  static boolean matches(String pattern, TableRef table) {
    String folded = ColumnPattern.fold(pattern);
    return TagPattern.matches(folded, ColumnPattern.fold(table.name()))
        || TagPattern.matches(folded, ColumnPattern.fold(table.dotted()));
  }
}
