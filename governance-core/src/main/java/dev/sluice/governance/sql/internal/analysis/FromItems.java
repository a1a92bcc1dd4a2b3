package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.internal.resolve.Field;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.Source;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.*;
import org.jspecify.annotations.Nullable;

/// FROM clauses: each item becomes a source of the scope.
final class FromItems {
  private final Context context;

  FromItems(Context context) {
    this.context = context;
  }

  /// Adds the items and their joins to the scope.
  void from(FromItem first, @Nullable List<Join> joins, Scope scope) {
    item(first, scope, false);
    if (joins != null) {
      int start = 0;
      for (Join join : joins) {
        start = context.joins.join(join, scope, start);
      }
    }
  }

  /// Adds one item to the scope.
  ///
  /// @param lateral it sees the items before it
  void item(FromItem item, Scope scope, boolean lateral) {
    context.visit(item);
    switch (item) {
      case Table table -> add(context.relations.source(table, scope), table, scope);
      case LateralSubSelect select -> {
        if (!select.getPrefix().equalsIgnoreCase("lateral")) {
          throw context.unknownConstruct(select, select.getPrefix());
        }
        subquery(select, scope, true);
      }
      case ParenthesedSelect select -> subquery(select, scope, lateral || implicitLateral());
      case Values values -> {
        List<Output> outputs = context.queries.query(values, subScope(scope, lateral));
        scope.add(derived(values.getAlias(), Output.fields(outputs), values));
      }
      case ParenthesedFromItem parenthesed -> parenthesed(parenthesed, scope);
      case TableFunction function -> context.tableFunctions.add(function, scope);
      default -> throw context.unknownConstruct(item);
    }
  }

  private boolean implicitLateral() {
    return context.dialect == Dialect.DUCKDB;
  }

  private static Scope subScope(Scope scope, boolean lateral) {
    return lateral ? scope.correlated() : scope.derivedTable();
  }

  private void subquery(ParenthesedSelect select, Scope scope, boolean lateral) {
    List<Output> outputs = context.queries.query(select, subScope(scope, lateral));
    context.visitAll(select.getSampleClause());
    Source source = derived(select.getAlias(), Output.fields(outputs), select);
    add(source, select, scope);
  }

  private void add(Source source, FromItem item, Scope scope) {
    if (item.getPivot() != null) {
      scope.add(context.pivots.pivoted(item.getPivot(), source, scope));
    } else if (item.getUnPivot() != null) {
      scope.add(context.pivots.unpivoted(item.getUnPivot(), source, scope));
    } else {
      scope.add(source);
    }
  }

  /// A derived table under its alias.
  Source derived(@Nullable Alias alias, List<Field> fields, Object node) {
    if (alias == null) {
      return Source.derived("", fields);
    }
    context.visit(alias);
    String name = context.identifiers.stored(alias.getName());
    return Source.derived(name, renamed(fields, aliasColumns(alias), node));
  }

  List<String> aliasColumns(@Nullable Alias alias) {
    List<String> names = new ArrayList<>();
    if (alias != null && alias.getAliasColumns() != null) {
      for (Alias.AliasColumn column : alias.getAliasColumns()) {
        context.visit(column);
        names.add(context.identifiers.stored(column.name));
      }
    }
    return names;
  }

  /// The fields with the first of them renamed.
  List<Field> renamed(List<Field> fields, List<String> names, Object node) {
    if (names.isEmpty()) {
      return fields;
    }
    boolean open = fields.stream().anyMatch(field -> field.name().equals("*"));
    if (names.size() > fields.size() || open) {
      throw context.refuse(
          "different-widths",
          "The column list names " + names.size() + " columns; there are " + fields.size() + ".",
          node,
          "Name as many columns as there are.");
    }
    List<Field> renamed = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      String name = i < names.size() ? names.get(i) : fields.get(i).name();
      renamed.add(new Field(name, fields.get(i).value()));
    }
    return renamed;
  }

  /// A join in parentheses: without an alias its items are visible as such.
  private void parenthesed(ParenthesedFromItem parenthesed, Scope scope) {
    if (parenthesed.getPivot() != null || parenthesed.getUnPivot() != null) {
      throw context.unknownConstruct(parenthesed, "PIVOT");
    }
    context.visitAll(parenthesed.getSampleClause());
    Scope inner = scope.group();
    from(parenthesed.getFromItem(), parenthesed.getJoins(), inner);
    if (parenthesed.getAlias() == null) {
      inner.sources().forEach(scope.sources()::add);
      List<Scope.Visible> visible = new ArrayList<>(scope.visible());
      visible.addAll(inner.visible());
      scope.setVisible(visible);
      return;
    }
    List<Field> fields = inner.visible().stream().map(Scope.Visible::field).toList();
    scope.add(derived(parenthesed.getAlias(), fields, parenthesed));
  }
}
