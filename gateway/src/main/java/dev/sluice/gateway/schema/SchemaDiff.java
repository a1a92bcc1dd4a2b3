package dev.sluice.gateway.schema;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What differs between two snapshots of one database, in words: `+ table public.orders`,
/// `- column public.orders.note`, `~ column public.orders.id: integer -> bigint`.
public final class SchemaDiff {

  private SchemaDiff() {}

  /// The differences, in the order of names; empty when statements resolve alike in both.
  public static List<String> between(CatalogSnapshot before, CatalogSnapshot after) {
    TreeSet<TableRef> names = new TreeSet<>();
    before.relations().forEach(relation -> names.add(relation.ref()));
    after.relations().forEach(relation -> names.add(relation.ref()));
    List<String> lines = new ArrayList<>();
    for (TableRef name : names) {
      compare(before.find(name), after.find(name), lines);
    }
    return lines;
  }

  private static void compare(
      Optional<Relation> before, Optional<Relation> after, List<String> lines) {
    if (before.isEmpty()) {
      after.ifPresent(relation -> lines.add("+ " + word(relation)));
    } else if (after.isEmpty()) {
      lines.add("- " + word(before.get()));
    } else {
      compare(before.get(), after.get(), lines);
    }
  }

  private static void compare(Relation before, Relation after, List<String> lines) {
    if (before.kind() != after.kind()) {
      lines.add("~ " + word(before) + " -> " + word(after));
    }
    if (!before.definition().equals(after.definition())) {
      lines.add("~ definition of " + word(after));
    }
    if (!before.primaryKey().equals(after.primaryKey())) {
      lines.add(
          "~ primary key of "
              + after.ref().dotted()
              + ": "
              + before.primaryKey()
              + " -> "
              + after.primaryKey());
    }
    Map<String, CatalogColumn> old = new LinkedHashMap<>();
    before.columns().forEach(column -> old.put(column.name(), column));
    for (CatalogColumn column : after.columns()) {
      String name = after.ref().dotted() + "." + column.name();
      CatalogColumn known = old.remove(column.name());
      if (known == null) {
        lines.add("+ column " + name + " " + column.type());
      } else if (!known.type().equals(column.type())) {
        lines.add("~ column " + name + ": " + known.type() + " -> " + column.type());
      } else if (known.nullable() != column.nullable()) {
        lines.add("~ column " + name + (column.nullable() ? ": may be NULL" : ": never NULL"));
      }
    }
    old.keySet().forEach(gone -> lines.add("- column " + after.ref().dotted() + "." + gone));
  }

  private static String word(Relation relation) {
    return (relation.isView() ? "view " : "table ") + relation.ref().dotted();
  }
}
