package dev.sluice.governance.catalog;

import java.util.List;
import java.util.Optional;

/// A table or view with its columns in order.
///
/// @param ref schema and name
/// @param kind table, view, ...
/// @param columns in the order the database returns them for `SELECT *`
/// @param definition the SELECT of a view, in the engine's dialect; empty when it cannot be had
/// @param primaryKey column names of the primary key, in key order, empty when none
/// @param foreignKeys references to other tables
/// @param comment the database's comment, empty when none
/// @param estimatedRows the engine's estimate, -1 when unknown
public record Relation(
    TableRef ref,
    RelationKind kind,
    List<CatalogColumn> columns,
    Optional<String> definition,
    List<String> primaryKey,
    List<ForeignKey> foreignKeys,
    String comment,
    long estimatedRows) {

  public Relation {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    foreignKeys = List.copyOf(foreignKeys);
  }

  public static Relation table(TableRef ref, List<CatalogColumn> columns) {
    return new Relation(
        ref, RelationKind.TABLE, columns, Optional.empty(), List.of(), List.of(), "", -1);
  }

  public static Relation view(TableRef ref, List<CatalogColumn> columns, String definition) {
    return new Relation(
        ref, RelationKind.VIEW, columns, Optional.of(definition), List.of(), List.of(), "", -1);
  }

  public boolean isView() {
    return kind == RelationKind.VIEW || kind == RelationKind.MATERIALIZED_VIEW;
  }
}
