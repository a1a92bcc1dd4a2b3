package dev.sluice.governance.sql.internal.resolve;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A catalog prepared for lookups without regard to case, and with its columns as fields.
public final class CatalogIndex {
  private final CatalogSnapshot catalog;
  private final Map<String, List<Relation>> byLowerName = new HashMap<>();
  private final Map<TableRef, List<Field>> fields = new ConcurrentHashMap<>();

  public CatalogIndex(CatalogSnapshot catalog) {
    this.catalog = catalog;
    for (Relation relation : catalog.relations()) {
      byLowerName
          .computeIfAbsent(Identifiers.lower(relation.ref().name()), key -> new ArrayList<>())
          .add(relation);
    }
  }

  public CatalogSnapshot catalog() {
    return catalog;
  }

  /// The relation in that schema. Exact spelling wins; without it, another case counts if the
  /// identifiers are not case sensitive and exactly one relation fits.
  public Optional<Relation> find(String schema, String name, Identifiers identifiers) {
    Optional<Relation> exact = catalog.find(new TableRef(schema, name));
    if (exact.isPresent() || identifiers.caseSensitive()) {
      return exact;
    }
    List<Relation> candidates =
        byLowerName.getOrDefault(Identifiers.lower(name), List.of()).stream()
            .filter(relation -> identifiers.same(relation.ref().schema(), schema))
            .toList();
    return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
  }

  /// The columns of a base relation as fields, each its own source.
  public List<Field> fields(Relation relation) {
    return fields.computeIfAbsent(
        relation.ref(),
        ref -> {
          List<Field> made = new ArrayList<>();
          for (CatalogColumn column : relation.columns()) {
            made.add(
                new Field(
                    column.name(),
                    Value.column(
                        new ColumnRef(ref, column.name()), TypeFamily.ofTypeName(column.type()))));
          }
          return List.copyOf(made);
        });
  }
}
