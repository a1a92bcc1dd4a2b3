package dev.sluice.governance.enforcement;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.enforcement.DatabaseFacts.ColumnFact;
import dev.sluice.governance.enforcement.DatabaseFacts.RelationFact;
import dev.sluice.governance.masking.MaskSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Which relations of a database need a masked view for one profile, and why.
///
/// Sensitivity spreads: from a table to what inherits from it and back, from a column to columns
/// generated from it, from a table to every view that reads it in any way. (Which columns a view
/// reads is not used: the catalog forgets whole-row references.)
final class GovernedRelations {

  private final List<RelationFact> relations;
  private final Map<ColumnRef, MaskSpec> masks;
  private final Map<TableRef, List<String>> filters;
  private final Set<TableRef> tables = new LinkedHashSet<>();
  private final Set<TableRef> views = new LinkedHashSet<>();
  private final List<PlanProblem> problems = new ArrayList<>();

  GovernedRelations(DatabaseFacts facts, AccessProfile profile) {
    this.relations =
        facts.relations().stream()
            .filter(relation -> !EnforcementNames.ours(relation.ref().schema()))
            .toList();
    this.masks = new TreeMap<>(profile.masks());
    this.filters = new TreeMap<>(profile.rowFilters());
    checkNames();
    spreadMasks();
    checkFilters();
    masks.keySet().forEach(column -> tables.add(column.table()));
    tables.addAll(filters.keySet());
    tables.removeIf(this::isViewOfGoverned);
    spreadToViews();
  }

  /// Tables with a masked column or a row filter, in order of their names.
  List<RelationFact> tables() {
    return relations.stream().filter(fact -> tables.contains(fact.ref())).toList();
  }

  /// Views that read such a table, each after those it reads.
  List<RelationFact> views() {
    return views.stream().map(ref -> base(ref).orElseThrow()).toList();
  }

  boolean governs(TableRef ref) {
    return tables.contains(ref) || views.contains(ref);
  }

  Map<String, MaskSpec> masksOf(TableRef table) {
    Map<String, MaskSpec> found = new HashMap<>();
    masks.forEach(
        (column, mask) -> {
          if (column.table().equals(table)) {
            found.put(column.column(), mask);
          }
        });
    return found;
  }

  List<String> filtersOf(TableRef table) {
    return filters.getOrDefault(table, List.of());
  }

  List<PlanProblem> problems() {
    return List.copyOf(problems);
  }

  private void checkNames() {
    for (ColumnRef column : masks.keySet()) {
      if (base(column.table()).flatMap(t -> t.column(column.column())).isEmpty()) {
        problems.add(
            new PlanProblem(
                column.dotted(),
                "The policy classifies a column that the database does not have.",
                "Correct the classification, or read the catalog again."));
      }
    }
    for (TableRef table : filters.keySet()) {
      if (base(table).isEmpty()) {
        problems.add(
            new PlanProblem(
                table.dotted(),
                "The policy filters rows of a table that the database does not have.",
                "Correct the row filter, or read the catalog again."));
      }
    }
  }

  private void spreadMasks() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (RelationFact relation : relations) {
        if (!relation.kind().holdsRows()) {
          continue;
        }
        for (ColumnFact column : relation.columns()) {
          ColumnRef self = new ColumnRef(relation.ref(), column.name());
          for (String source : column.generatedFrom()) {
            if (masks.containsKey(new ColumnRef(relation.ref(), source))) {
              changed |= masks.putIfAbsent(self, MaskSpec.redact()) == null;
            }
          }
          for (TableRef parent : relation.parents()) {
            ColumnRef above = new ColumnRef(parent, column.name());
            MaskSpec fromAbove = masks.get(above);
            if (fromAbove != null) {
              changed |= masks.putIfAbsent(self, fromAbove) == null;
            }
            MaskSpec fromBelow = masks.get(self);
            if (fromBelow != null && hasColumn(above)) {
              changed |= masks.putIfAbsent(above, fromBelow) == null;
            }
          }
        }
      }
    }
  }

  /// Our own views are never what a plan starts from.
  private java.util.Optional<RelationFact> base(TableRef ref) {
    return relations.stream().filter(relation -> relation.ref().equals(ref)).findFirst();
  }

  private boolean hasColumn(ColumnRef column) {
    return base(column.table()).flatMap(t -> t.column(column.column())).isPresent();
  }

  private void checkFilters() {
    Map<TableRef, List<String>> inherited = new LinkedHashMap<>();
    for (RelationFact relation : relations) {
      for (TableRef parent : relation.parents()) {
        List<String> above = filters.get(parent);
        List<String> own = filters.get(relation.ref());
        if (own != null && above == null) {
          problems.add(
              new PlanProblem(
                  relation.ref().dotted(),
                  "Its rows are also read through " + parent.dotted() + ", which has no filter.",
                  "Put the row filter on " + parent.dotted() + "."));
        } else if (above != null && own == null) {
          inherited.put(relation.ref(), above);
        }
      }
    }
    filters.putAll(inherited);
  }

  private void spreadToViews() {
    Set<TableRef> reaching = new LinkedHashSet<>();
    for (RelationFact relation : relations) {
      boolean reaches =
          relation.kind().isView()
              && relation.reads().stream()
                  .anyMatch(read -> reachesGoverned(read, new LinkedHashSet<>()));
      if (reaches) {
        reaching.add(relation.ref());
      }
    }
    while (!reaching.isEmpty()) {
      TableRef next =
          reaching.stream()
              .filter(
                  ref ->
                      base(ref).orElseThrow().reads().stream()
                          .noneMatch(read -> !read.equals(ref) && reaching.contains(read)))
              .findFirst()
              .orElse(null);
      if (next == null) {
        problems.add(
            new PlanProblem(
                reaching.iterator().next().dotted(),
                "It reads governed tables in a circle that cannot be put in order.",
                "Drop the view, or break the circle."));
        views.addAll(reaching);
        return;
      }
      reaching.remove(next);
      views.add(next);
    }
  }

  /// A classified view is masked like a table, unless what it reads is governed itself.
  private boolean isViewOfGoverned(TableRef ref) {
    return base(ref).stream()
        .flatMap(relation -> relation.reads().stream())
        .anyMatch(read -> reachesGoverned(read, new LinkedHashSet<>()));
  }

  private boolean reachesGoverned(TableRef ref, Set<TableRef> seen) {
    if (!seen.add(ref)) {
      return false;
    }
    return governs(ref)
        || base(ref).stream()
            .flatMap(relation -> relation.reads().stream())
            .anyMatch(read -> reachesGoverned(read, seen));
  }
}
