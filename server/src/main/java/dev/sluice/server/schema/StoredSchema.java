package dev.sluice.server.schema;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.RelationKind;
import dev.sluice.governance.catalog.TableRef;
import java.util.List;
import java.util.Optional;

/// A catalog as it is stored: relations and columns, without comments and estimates.
record StoredSchema(List<StoredRelation> relations) {

  record StoredRelation(
      String schema,
      String name,
      String kind,
      String definition,
      List<String> primaryKey,
      List<StoredColumn> columns) {}

  record StoredColumn(String name, String type, boolean nullable) {}

  static StoredSchema of(CatalogSnapshot catalog) {
    return new StoredSchema(catalog.relations().stream().map(StoredSchema::relation).toList());
  }

  private static StoredRelation relation(Relation relation) {
    return new StoredRelation(
        relation.ref().schema(),
        relation.ref().name(),
        relation.kind().name(),
        relation.definition().orElse(""),
        relation.primaryKey(),
        relation.columns().stream()
            .map(column -> new StoredColumn(column.name(), column.type(), column.nullable()))
            .toList());
  }

  CatalogSnapshot catalog() {
    return CatalogSnapshot.of(
        List.of(""), relations.stream().map(StoredSchema::relation).toList(), List.of());
  }

  private static Relation relation(StoredRelation stored) {
    return new Relation(
        new TableRef(stored.schema(), stored.name()),
        RelationKind.valueOf(stored.kind()),
        stored.columns().stream()
            .map(column -> new CatalogColumn(column.name(), column.type(), column.nullable(), ""))
            .toList(),
        Optional.of(stored.definition()).filter(text -> !text.isEmpty()),
        stored.primaryKey(),
        List.of(),
        "",
        -1);
  }
}
