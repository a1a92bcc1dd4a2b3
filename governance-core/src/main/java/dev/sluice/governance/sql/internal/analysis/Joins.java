package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.UseRole;
import dev.sluice.governance.sql.internal.resolve.Field;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.Scope.Visible;
import dev.sluice.governance.sql.internal.resolve.Source;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.Join;
import org.jspecify.annotations.Nullable;

/// Joins: conditions are uses; USING and NATURAL merge columns, and both sides are sources.
final class Joins {
  private final Context context;

  Joins(Context context) {
    this.context = context;
  }

  /// Adds a joined item to the scope.
  ///
  /// @param start index of the first visible column of the items that this join's left side is:
  ///     those since the last comma
  /// @return the same for the next join
  int join(Join join, Scope scope, int start) {
    context.visit(join);
    List<Visible> before = List.copyOf(scope.visible());
    int sourcesBefore = scope.sources().size();
    context.fromItems.item(join.getFromItem(), scope, join.isApply());
    if (join.isSimple() && !join.isNatural() && commaBindsLess()) {
      return before.size();
    }
    List<Visible> apart = before.subList(0, start);
    List<Visible> left = before.subList(start, before.size());
    List<Visible> right =
        List.copyOf(scope.visible().subList(before.size(), scope.visible().size()));
    List<String> names = new ArrayList<>();
    if (join.isNatural()) {
      refuseOpen(scope, join);
      names.addAll(common(left, right));
    }
    for (Column column : join.getUsingColumns()) {
      context.visit(column);
      names.add(context.identifiers.stored(column.getColumnName()));
    }
    List<Visible> joined = new ArrayList<>(left);
    joined.addAll(right);
    if (!names.isEmpty()) {
      joined = merge(names, left, right, join, scope);
    }
    scope.setVisible(new ArrayList<>(joined));
    for (Expression condition : join.getOnExpressions()) {
      context.predicates.predicate(UseRole.JOIN, condition, scope);
    }
    if (join.isSemi()) {
      joined = left;
      while (scope.sources().size() > sourcesBefore) {
        scope.sources().removeLast();
      }
    }
    List<Visible> all = new ArrayList<>(apart);
    all.addAll(joined);
    scope.setVisible(all);
    return start;
  }

  /// Whether a comma in FROM joins after all other joins, or in the order of writing.
  private boolean commaBindsLess() {
    return switch (context.dialect) {
      case SQLITE -> false;
      case POSTGRESQL, MYSQL, MARIADB, DUCKDB, SQLSERVER, TRINO, ANSI -> true;
    };
  }

  private void refuseOpen(Scope scope, Join join) {
    if (scope.sources().stream().anyMatch(Source::open)) {
      throw context.refuse(
          "unknown-columns",
          "A NATURAL JOIN needs the columns of both tables to be known.",
          join,
          "Refresh the schema, or write the join condition out.");
    }
  }

  private List<String> common(List<Visible> left, List<Visible> right) {
    List<String> names = new ArrayList<>();
    for (Visible column : left) {
      String name = column.field().name();
      if (right.stream().anyMatch(other -> context.identifiers.same(other.field().name(), name))
          && names.stream().noneMatch(known -> context.identifiers.same(known, name))) {
        names.add(name);
      }
    }
    return names;
  }

  private List<Visible> merge(
      List<String> names, List<Visible> left, List<Visible> right, Join join, Scope scope) {
    Map<Visible, Visible> mergedByLeft = new LinkedHashMap<>();
    List<Visible> merged = new ArrayList<>();
    List<Visible> used = new ArrayList<>();
    for (String name : names) {
      Visible inLeft = only(name, left, join, scope);
      Visible inRight = only(name, right, join, scope);
      if (inLeft == null || inRight == null) {
        openMerge(name, inLeft, inRight, merged, used, scope, join);
        continue;
      }
      Value value = inLeft.field().value().either(inRight.field().value());
      context.use(UseRole.JOIN, value, join);
      Visible both = new Visible(new Field(inLeft.field().name(), value), null);
      mergedByLeft.put(inLeft, both);
      merged.add(both);
      used.add(inLeft);
      used.add(inRight);
    }
    return arranged(left, right, merged, mergedByLeft, used);
  }

  private List<Visible> arranged(
      List<Visible> left,
      List<Visible> right,
      List<Visible> merged,
      Map<Visible, Visible> mergedByLeft,
      List<Visible> used) {
    List<Visible> visible = new ArrayList<>();
    if (mergedFirst()) {
      visible.addAll(merged);
      left.stream().filter(column -> !used.contains(column)).forEach(visible::add);
    } else {
      left.forEach(column -> visible.add(mergedByLeft.getOrDefault(column, column)));
    }
    right.stream().filter(column -> !used.contains(column)).forEach(visible::add);
    return visible;
  }

  /// Whether a star shows merged columns before all others, or where the left side has them.
  private boolean mergedFirst() {
    return switch (context.dialect) {
      case SQLITE, DUCKDB -> false;
      case POSTGRESQL, MYSQL, MARIADB, SQLSERVER, TRINO, ANSI -> true;
    };
  }

  /// A merged column of which one side's columns are not known.
  private void openMerge(
      String name,
      @Nullable Visible inLeft,
      @Nullable Visible inRight,
      List<Visible> merged,
      List<Visible> used,
      Scope scope,
      Join join) {
    boolean open = scope.sources().stream().anyMatch(Source::open);
    if (!open) {
      throw context.refuse(
          "unknown-column",
          "The column " + name + " of USING is not on both sides of the join.",
          join,
          "Check the spelling, or write the join condition out.");
    }
    merged.add(new Visible(new Field(name, Value.unknown()), null));
    if (inLeft != null) {
      used.add(inLeft);
    }
    if (inRight != null) {
      used.add(inRight);
    }
  }

  private @Nullable Visible only(String name, List<Visible> columns, Join join, Scope scope) {
    Visible found = null;
    for (Visible column : columns) {
      if (context.identifiers.same(column.field().name(), name)) {
        if (found != null) {
          throw context.refuse(
              "ambiguous-column",
              "More than one column on one side of the join is called " + name + ".",
              join,
              "Write the join condition out.");
        }
        found = column;
      }
    }
    return found;
  }
}
