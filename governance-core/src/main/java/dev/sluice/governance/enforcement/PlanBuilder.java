package dev.sluice.governance.enforcement;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.enforcement.DatabaseFacts.ColumnFact;
import dev.sluice.governance.enforcement.DatabaseFacts.RelationFact;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.sql.AtSourceRewriter;
import dev.sluice.governance.sql.AtSourceRewriter.Rewrite;
import dev.sluice.governance.sql.AtSourceRewriter.Substitute;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What both planners share: collecting steps, problems and notes, and writing views.
final class PlanBuilder {

  private final DatabaseFacts facts;
  private final SqlMasks masks;
  private final AtSourceRewriter rewriter;
  private final List<PlanStep> steps = new ArrayList<>();
  private final List<PlanProblem> problems = new ArrayList<>();
  private final List<PlanNote> notes = new ArrayList<>();

  PlanBuilder(DatabaseFacts facts, SqlMasks masks, ParserWorker worker) {
    this.facts = facts;
    this.masks = masks;
    this.rewriter = AtSourceRewriter.standard(worker);
  }

  void step(String object, String why, String sql) {
    steps.add(new PlanStep(object, why, sql));
  }

  void problem(String object, String message, String wayOut) {
    PlanProblem problem = new PlanProblem(object, message, wayOut);
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  void note(String object, String message) {
    PlanNote note = new PlanNote(object, message);
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }

  EnforcementPlan build(EnforcementNames names, List<AccessProfile> profiles) {
    Map<String, String> fingerprints = new HashMap<>();
    profiles.forEach(profile -> fingerprints.put(names.reader(profile), profile.fingerprint()));
    return new EnforcementPlan(
        facts.dialect(), facts.database(), names, steps, problems, notes, fingerprints);
  }

  List<PlanStep> steps() {
    return List.copyOf(steps);
  }

  String quoted(String name) {
    return SqlText.name(facts.dialect(), name);
  }

  String quoted(TableRef table) {
    return SqlText.table(facts.dialect(), table);
  }

  /// `SELECT` over a relation or a parenthesised query with the masked columns in their places.
  String maskedSelect(
      RelationFact relation, Map<String, MaskSpec> specs, List<String> filters, String source) {
    List<String> items = new ArrayList<>();
    for (ColumnFact column : relation.columns()) {
      String name = quoted(column.name());
      MaskSpec spec = specs.get(column.name());
      if (spec == null) {
        items.add(name);
        continue;
      }
      SqlMask mask = masks.of(spec, column);
      if (!mask.exact()) {
        note(relation.ref().dotted() + "." + column.name(), mask.reason());
      }
      items.add(mask.sql() + " AS " + name);
    }
    StringBuilder select = new StringBuilder("SELECT ");
    select.append(String.join(",\n  ", items)).append("\nFROM ").append(source);
    if (!filters.isEmpty()) {
      select.append("\nWHERE (").append(String.join(")\n  AND (", filters)).append(")");
    }
    return select.toString();
  }

  /// The definition of a view with every governed relation in it replaced by its masked view.
  ///
  /// @return empty when that cannot be done; the view is then not exposed, and a note says so
  Optional<String> rebuilt(
      RelationFact view, Map<TableRef, TableRef> maskedViews, CatalogSnapshot catalog) {
    String name = view.ref().dotted();
    if (view.definition().isEmpty()) {
      note(name, "Its definition cannot be read, so it is not exposed.");
      return Optional.empty();
    }
    List<Substitute> substitutes = new ArrayList<>();
    maskedViews.forEach((from, to) -> substitutes.add(new Substitute.Renamed(from, to)));
    Rewrite rewrite =
        rewriter.rewrite(view.definition().get(), facts.dialect(), catalog, substitutes);
    return switch (rewrite) {
      case Rewrite.Rewritten rewritten -> Optional.of(rewritten.text());
      case Rewrite.Unchanged unchanged when facts.dialect() == Dialect.MARIADB ->
          // Its text was searched for names only: none of them is that of a governed table.
          Optional.of(view.definition().get());
      case Rewrite.Unchanged unchanged -> {
        note(name, "Its definition names no governed table though it reads one: not exposed.");
        yield Optional.empty();
      }
      case Rewrite.Refused refused -> {
        note(name, "It is not exposed: " + refused.refusal().message());
        yield Optional.empty();
      }
    };
  }

  /// The facts as a catalog without a search path, since definitions name everything with its
  /// schema, and without definitions, since governed views are replaced and not expanded.
  CatalogSnapshot catalog() {
    List<Relation> tables =
        facts.catalog().relations().stream()
            .map(relation -> Relation.table(relation.ref(), relation.columns()))
            .toList();
    return CatalogSnapshot.of(List.of(), tables, List.of());
  }
}
