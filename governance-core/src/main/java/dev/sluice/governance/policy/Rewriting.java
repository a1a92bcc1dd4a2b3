package dev.sluice.governance.policy;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.enforcement.DatabaseFacts.ColumnFact;
import dev.sluice.governance.enforcement.SqlMask;
import dev.sluice.governance.enforcement.SqlMasks;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.sql.AtSourceRewriter;
import dev.sluice.governance.sql.AtSourceRewriter.Rewrite;
import dev.sluice.governance.sql.AtSourceRewriter.Substitute;
import dev.sluice.governance.sql.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Rewrites a statement so that it only ever sees masked values and its own rows.
final class Rewriting {

  /// What became of the text.
  sealed interface Outcome {
    record Rewritten(String text) implements Outcome {}

    /// @param why one sentence
    record Refused(String why) implements Outcome {}
  }

  private final EngineParts parts;
  private final DecisionRequest request;
  private final SensitiveView view;

  Rewriting(EngineParts parts, DecisionRequest request, SensitiveView view) {
    this.parts = parts;
    this.request = request;
    this.view = view;
  }

  /// @param masked columns that are read through their masks
  /// @param filters conditions by table
  Outcome apply(String printed, Set<ColumnRef> masked, Map<TableRef, String> filters) {
    Dialect dialect = request.analysis().dialect();
    Optional<AtSourceRewriter> rewriter = parts.rewriter();
    Optional<SqlMasks> masks = SqlMasks.forDialect(dialect);
    if (rewriter.isEmpty() || (masks.isEmpty() && !masked.isEmpty())) {
      return new Outcome.Refused("statements of this database are not rewritten here.");
    }
    Set<TableRef> tables = new LinkedHashSet<>(filters.keySet());
    masked.forEach(column -> tables.add(column.table()));
    List<Substitute> substitutes = new ArrayList<>();
    for (TableRef table : tables) {
      Map<String, String> expressions = new LinkedHashMap<>();
      for (ColumnRef column : masked) {
        if (column.table().equals(table)) {
          Optional<ColumnFact> fact = factOf(column);
          if (fact.isEmpty() || masks.isEmpty()) {
            return new Outcome.Refused("the type of " + column.dotted() + " is not known.");
          }
          MaskSpec spec = view.specOf(view.tagsOf(column));
          SqlMask mask = masks.get().of(spec, fact.get());
          if (!mask.exact()) {
            return new Outcome.Refused(
                "this database cannot compute the mask "
                    + spec.algorithm()
                    + " of "
                    + column.dotted()
                    + " itself.");
          }
          expressions.put(column.column(), mask.sql());
        }
      }
      substitutes.add(
          new Substitute.Derived(table, expressions, Optional.ofNullable(filters.get(table))));
    }
    return switch (rewriter.get().rewrite(printed, dialect, request.catalog(), substitutes)) {
      case Rewrite.Rewritten rewritten when rewritten.tables().containsAll(tables) ->
          new Outcome.Rewritten(rewritten.text());
      case Rewrite.Rewritten partly ->
          new Outcome.Refused("not every place that reads the table was found.");
      case Rewrite.Unchanged unchanged ->
          new Outcome.Refused("the place that reads the table was not found.");
      case Rewrite.Refused refused -> new Outcome.Refused(refused.refusal().message());
    };
  }

  /// What SQL masks need to know about a column; empty when the catalog does not know its type.
  private Optional<ColumnFact> factOf(ColumnRef column) {
    return request
        .catalog()
        .find(column.table())
        .map(Relation::columns)
        .flatMap(
            columns ->
                columns.stream().filter(known -> known.name().equals(column.column())).findFirst())
        .filter(known -> !known.type().isBlank())
        .map(known -> fact(known, request.analysis().dialect()));
  }

  private static ColumnFact fact(CatalogColumn column, Dialect dialect) {
    String type = column.type().strip();
    int open = type.indexOf('(');
    int close = type.indexOf(')', open + 1);
    String base = (open < 0 ? type : type.substring(0, open)).strip().toLowerCase(Locale.ROOT);
    String inside = open < 0 || close < 0 ? "" : type.substring(open + 1, close).strip();
    int length =
        inside.chars().allMatch(Character::isDigit) && !inside.isEmpty() && inside.length() < 9
            ? Integer.parseInt(inside)
            : 0;
    String normal =
        switch (base) {
          case "character varying" -> "varchar";
          case "character" -> dialect == Dialect.POSTGRESQL ? "bpchar" : "char";
          default -> base;
        };
    return new ColumnFact(column.name(), type, normal, length, Set.of());
  }
}
