package dev.sluice.app.explorer;

import dev.sluice.gateway.workspace.ColumnGovernance;
import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.ForeignKey;
import dev.sluice.governance.catalog.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known about one table or view and its neighbours. Pure.
///
/// @param connection its connection's name
/// @param catalog the whole it is part of
/// @param governance what I see of classified columns
record TableDetails(
    String connection,
    Relation relation,
    CatalogSnapshot catalog,
    Map<ColumnRef, ColumnGovernance> governance) {

  /// @param out whether the key is this table's own
  record Neighbour(Relation relation, ForeignKey key, boolean out) {}

  Optional<ColumnGovernance> governanceOf(CatalogColumn column) {
    return Optional.ofNullable(governance.get(new ColumnRef(relation.ref(), column.name())));
  }

  /// What a column points at; empty when nothing.
  String reference(CatalogColumn column) {
    for (ForeignKey key : relation.foreignKeys()) {
      int at = key.columns().indexOf(column.name());
      if (at >= 0) {
        return key.target().dotted() + "." + key.targetColumns().get(at);
      }
    }
    return "";
  }

  /// Tables that a key ties to this one, in either direction.
  List<Neighbour> neighbours() {
    List<Neighbour> found = new ArrayList<>();
    for (ForeignKey key : relation.foreignKeys()) {
      catalog.find(key.target()).ifPresent(target -> found.add(new Neighbour(target, key, true)));
    }
    for (Relation other : catalog.relations()) {
      for (ForeignKey key : other.foreignKeys()) {
        if (key.target().equals(relation.ref()) && !other.ref().equals(relation.ref())) {
          found.add(new Neighbour(other, key, false));
        }
      }
    }
    return found;
  }

  /// A statement that would make a table like this one, as far as the catalog tells: no indexes,
  /// checks or defaults.
  String ddl() {
    if (relation.isView()) {
      return "CREATE VIEW " + relation.ref().dotted() + " AS\n" + relation.definition().orElse("");
    }
    List<String> lines = new ArrayList<>();
    for (CatalogColumn column : relation.columns()) {
      lines.add(
          "  "
              + quoted(column.name())
              + " "
              + column.type()
              + (column.nullable() ? "" : " NOT NULL"));
    }
    if (!relation.primaryKey().isEmpty()) {
      lines.add("  PRIMARY KEY (" + names(relation.primaryKey()) + ")");
    }
    for (ForeignKey key : relation.foreignKeys()) {
      lines.add(
          "  FOREIGN KEY ("
              + names(key.columns())
              + ") REFERENCES "
              + key.target().dotted()
              + " ("
              + names(key.targetColumns())
              + ")");
    }
    return "CREATE TABLE " + relation.ref().dotted() + " (\n" + String.join(",\n", lines) + "\n);";
  }

  private static String names(List<String> names) {
    return String.join(", ", names.stream().map(TableDetails::quoted).toList());
  }

  private static String quoted(String name) {
    return name.matches("[a-z_][a-z0-9_]*") ? name : "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
