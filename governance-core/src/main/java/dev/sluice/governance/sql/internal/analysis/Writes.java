package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.UseRole;
import dev.sluice.governance.sql.internal.resolve.Field;
import dev.sluice.governance.sql.internal.resolve.Identifiers;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.Source;
import dev.sluice.governance.sql.internal.resolve.TypeFamily;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.OutputClause;
import net.sf.jsqlparser.statement.ReturningClause;
import net.sf.jsqlparser.statement.create.table.Index;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.insert.ConflictActionType;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.insert.InsertConflictAction;
import net.sf.jsqlparser.statement.insert.InsertConflictTarget;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.Limit;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.Values;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.update.UpdateSet;
import net.sf.jsqlparser.statement.upsert.Upsert;
import org.jspecify.annotations.Nullable;

/// INSERT, UPDATE and DELETE: what they change, what flows into it, and what they return.
final class Writes {
  private final Context context;

  Writes(Context context) {
    this.context = context;
  }

  /// @return the outputs of RETURNING
  List<Output> insert(Insert insert, Scope scope) {
    context.visit(insert);
    context.commonTables.define(insert.getWithItemsList(), scope);
    Source target = context.relations.target(insert.getTable());
    context.findings.effect(EffectKind.INSERT, name(target));
    columns(insert.getColumns(), target);
    if (insert.getSelect() != null) {
      copied(insert.getSelect(), scope);
    }
    Scope inside = scope.derivedTable();
    inside.add(target);
    proposedRow(insert, inside, target);
    assignments(insert.getSetUpdateSets(), inside, target);
    if (insert.getDuplicateUpdateSets() != null && !insert.getDuplicateUpdateSets().isEmpty()) {
      context.findings.effect(EffectKind.UPDATE, true, name(target));
      assignments(insert.getDuplicateUpdateSets(), inside, target);
    }
    if (insert.getDuplicateAction() != null) {
      context.visit(insert.getDuplicateAction());
      if (insert.getDuplicateAction().getConflictActionType() == ConflictActionType.DO_UPDATE
          || insert.getDuplicateAction().getUpdateSets() != null) {
        context.findings.effect(EffectKind.UPDATE, true, name(target));
      }
      assignments(insert.getDuplicateAction().getUpdateSets(), inside, target);
      context.predicates.predicate(
          UseRole.PREDICATE, insert.getDuplicateAction().getWhereExpression(), inside);
    }
    if (insert.getConflictTarget() != null) {
      context.visit(insert.getConflictTarget());
      conflictTarget(insert.getConflictTarget(), target);
      context.predicates.predicate(
          UseRole.PREDICATE, insert.getConflictTarget().getWhereExpression(), inside);
    }
    conflict(insert.getConflictAction(), scope, target);
    if (insert.getOutputClause() != null) {
      return output(insert.getOutputClause(), target, scope);
    }
    return returning(insert.getReturningClause(), inside);
  }

  /// Whether a row with these values is there decides on what happens.
  private void conflictTarget(InsertConflictTarget conflict, Source target) {
    for (Index.ColumnParams element : conflict.getIndexElements()) {
      context.visitAll(element);
      String written = element.getColumnName();
      String name = written == null ? "" : context.identifiers.stored(written);
      List<Value> named =
          target.fields().stream()
              .filter(field -> context.identifiers.same(field.name(), name))
              .map(Field::value)
              .toList();
      // An expression is not looked into: it may be about any column.
      List<Value> values =
          named.isEmpty() ? target.fields().stream().map(Field::value).toList() : named;
      context.use(UseRole.PREDICATE, Value.computed(values, TypeFamily.UNKNOWN), conflict);
    }
  }

  /// MySQL's `VALUES (...) AS new (a, b)`: the row that was to be inserted.
  private void proposedRow(Insert insert, Scope inside, Source target) {
    Alias alias = insert.getRowAlias();
    if (alias == null && context.mysql() && insert.getSelect() instanceof Values values) {
      alias = values.getAlias();
    }
    if (alias == null) {
      return;
    }
    context.visit(alias);
    List<String> names = new ArrayList<>(context.fromItems.aliasColumns(alias));
    boolean renamed = !names.isEmpty();
    if (!renamed) {
      target.fields().forEach(field -> names.add(field.name()));
    }
    List<Field> fields = new ArrayList<>();
    names.forEach(name -> fields.add(new Field(name, Value.open(TypeFamily.UNKNOWN))));
    Source row = Source.derived(context.identifiers.stored(alias.getName()), fields);
    if (renamed) {
      inside.add(row);
    } else {
      inside.addQualifiedOnly(row);
    }
  }

  private void copied(Select select, Scope scope) {
    List<Output> outputs = context.queries.query(select, scope.derivedQuery());
    context.queries.copies(outputs);
  }

  private void columns(@Nullable ExpressionList<Column> columns, Source target) {
    if (columns == null) {
      return;
    }
    context.visit(columns);
    for (Column column : columns) {
      context.visit(column);
      requireColumn(column, target);
    }
  }

  private void requireColumn(Column column, Source target) {
    String name = context.identifiers.stored(column.getColumnName());
    boolean known =
        target.open()
            || target.fields().stream()
                .anyMatch(field -> context.identifiers.same(field.name(), name));
    if (!known) {
      throw context.refuse(
          "unknown-column",
          "The table " + target.name() + " has no column " + name + ".",
          column,
          "Check the spelling, or refresh the schema if the column is new.");
    }
  }

  /// The branch of an upsert for rows that are there already.
  private void conflict(@Nullable InsertConflictAction action, Scope scope, Source target) {
    if (action == null) {
      return;
    }
    context.visit(action);
    if (action.getUpdateSets() == null || action.getUpdateSets().isEmpty()) {
      return;
    }
    context.findings.effect(EffectKind.UPDATE, true, name(target));
    Scope inside = scope.derivedTable();
    inside.add(target);
    List<Field> proposed = new ArrayList<>();
    target
        .fields()
        .forEach(field -> proposed.add(new Field(field.name(), Value.open(TypeFamily.UNKNOWN))));
    inside.addQualifiedOnly(Source.derived("excluded", proposed));
    assignments(action.getUpdateSets(), inside, target);
    context.predicates.predicate(UseRole.PREDICATE, action.getWhereExpression(), inside);
  }

  /// Assignments: what flows into a column is copied.
  void assignments(@Nullable List<UpdateSet> sets, Scope scope, @Nullable Source target) {
    if (sets == null) {
      return;
    }
    for (UpdateSet set : sets) {
      context.visit(set);
      context.visit(set.getColumns());
      for (Column column : set.getColumns()) {
        context.visit(column);
        if (column.getTable() != null) {
          context.visit(column.getTable());
        }
        if (target != null) {
          requireColumn(column, target);
        }
        if (column.getArrayConstructor() != null) {
          context.use(
              UseRole.COPY,
              context.expressions.evaluate(column.getArrayConstructor(), scope),
              column);
        }
      }
      context.visit(set.getValues());
      for (Expression value : set.getValues()) {
        if (isDefault(value)) {
          context.visit(value);
        } else {
          context.use(UseRole.COPY, context.expressions.evaluate(value, scope), value);
        }
      }
    }
  }

  private static boolean isDefault(Expression value) {
    return value instanceof Column column
        && column.getTable() == null
        && Identifiers.lower(column.getColumnName()).equals("default");
  }

  List<Output> update(Update update, Scope scope) {
    context.visit(update);
    context.commonTables.define(update.getWithItemsList(), scope);
    List<Join> joins = new ArrayList<>();
    Source target = targetInFrom(update, scope, joins);
    if (target == null) {
      target = context.relations.target(update.getTable());
      scope.add(target);
      joins(update.getStartJoins(), scope, joins, 0);
      int apart = scope.visible().size();
      if (update.getFromItem() != null) {
        context.fromItems.item(update.getFromItem(), scope, false);
      }
      joins(update.getJoins(), scope, joins, apart);
    }
    Set<Source> targets = targets(update.getUpdateSets(), target, scope);
    assignments(
        update.getUpdateSets(), scope, targets.size() == 1 ? targets.iterator().next() : null);
    context.predicates.predicate(UseRole.PREDICATE, update.getWhere(), scope);
    for (Source changed : targets) {
      boolean filtered = context.filtering.filters(changed, update.getWhere(), joins, scope);
      context.findings.effect(EffectKind.UPDATE, filtered, name(changed));
      if (context.dialect == Dialect.SQLITE && update.getModifierPriority() != null) {
        // UPDATE OR REPLACE deletes the rows that are in the way.
        context.findings.effect(EffectKind.DELETE, true, name(changed));
      }
    }
    rest(update.getOrderByElements(), update.getLimit(), scope);
    if (update.getOutputClause() != null) {
      return output(update.getOutputClause(), target, scope);
    }
    return returning(update.getReturningClause(), scope);
  }

  /// SQL Server's `UPDATE o SET ... FROM orders o`: what is changed is named by its alias.
  ///
  /// @return null when the table stands in front only; then nothing was read
  private @Nullable Source targetInFrom(Update update, Scope scope, List<Join> joins) {
    List<String> parts = Relations.parts(update.getTable());
    if (context.dialect != Dialect.SQLSERVER
        || update.getFromItem() == null
        || parts.size() != 1
        || !namedInFrom(context.identifiers.stored(parts.getFirst()), update)) {
      return null;
    }
    context.fromItems.item(update.getFromItem(), scope, false);
    joins(update.getJoins(), scope, joins, 0);
    return named(update.getTable(), scope);
  }

  private boolean namedInFrom(String name, Update update) {
    List<FromItem> items = new ArrayList<>();
    items.add(update.getFromItem());
    if (update.getJoins() != null) {
      update.getJoins().forEach(join -> items.add(join.getFromItem()));
    }
    return items.stream()
        .filter(item -> item != null && item.getAlias() != null)
        .anyMatch(
            item ->
                context.identifiers.same(
                    context.identifiers.stored(item.getAlias().getName()), name));
  }

  /// SQL Server's `OUTPUT inserted.x, deleted.y`, shown to whoever runs it.
  private List<Output> output(OutputClause clause, Source target, Scope scope) {
    if (context.dialect != Dialect.SQLSERVER) {
      throw context.unknownConstruct(clause, "OUTPUT");
    }
    if (clause.getOutputTable() != null || clause.getTableVariable() != null) {
      throw context.unknownConstruct(clause, "OUTPUT INTO");
    }
    context.visit(clause);
    Scope inside = scope.derivedTable();
    inside.addQualifiedOnly(Source.derived("inserted", target.fields()));
    inside.addQualifiedOnly(Source.derived("deleted", target.fields()));
    return context.selectLists.returning(new ArrayList<>(clause.getSelectItemList()), inside);
  }

  /// The tables that assignments change: those whose name stands in front of a column, else the
  /// first.
  private Set<Source> targets(List<UpdateSet> sets, Source first, Scope scope) {
    Set<Source> targets = new LinkedHashSet<>();
    for (UpdateSet set : sets) {
      for (Column column : set.getColumns()) {
        targets.add(target(column, first, scope));
      }
    }
    return targets;
  }

  private Source target(Column column, Source first, Scope scope) {
    String name = context.identifiers.stored(column.getColumnName());
    if (SelectLists.named(column.getTable())) {
      String qualifier = context.identifiers.stored(column.getTable().getName());
      Source source = scope.source(null, qualifier);
      if (source == null || source.table() == null || !scope.sources().contains(source)) {
        throw context.refuse(
            "unknown-table",
            "There is no table " + qualifier + " to change here.",
            column,
            "Use the alias that the statement gives.");
      }
      return source;
    }
    if (context.mysql() && scope.column(name) instanceof Scope.Resolution.Found found) {
      Source owner = found.owner();
      return owner != null && owner.table() != null ? owner : first;
    }
    return first;
  }

  private void joins(@Nullable List<Join> joins, Scope scope, List<Join> all, int firstColumn) {
    if (joins != null) {
      int start = firstColumn;
      for (Join join : joins) {
        start = context.joins.join(join, scope, start);
        all.add(join);
      }
    }
  }

  private void rest(@Nullable List<OrderByElement> order, @Nullable Limit limit, Scope scope) {
    context.queries.order(order, scope, List.of());
    if (limit != null) {
      context.visit(limit);
      for (Expression count : new @Nullable Expression[] {limit.getRowCount(), limit.getOffset()}) {
        if (count != null) {
          context.use(UseRole.LIMIT, context.expressions.evaluate(count, scope), count);
        }
      }
    }
  }

  List<Output> delete(Delete delete, Scope scope) {
    context.visit(delete);
    context.commonTables.define(delete.getWithItemsList(), scope);
    List<Join> joins = new ArrayList<>();
    Set<Source> targets = new LinkedHashSet<>();
    boolean many = delete.getTables() != null && !delete.getTables().isEmpty();
    if (many) {
      context.fromItems.item(delete.getTable(), scope, false);
    } else {
      Source target = context.relations.target(delete.getTable());
      scope.add(target);
      targets.add(target);
    }
    int apart = many ? 0 : scope.visible().size();
    if (delete.getUsingFromItemList() != null) {
      for (FromItem item : delete.getUsingFromItemList()) {
        context.fromItems.item(item, scope, false);
      }
    }
    joins(delete.getJoins(), scope, joins, apart);
    if (many) {
      for (Table table : delete.getTables()) {
        targets.add(named(table, scope));
      }
    }
    context.predicates.predicate(UseRole.PREDICATE, delete.getWhere(), scope);
    for (Source target : targets) {
      boolean filtered = context.filtering.filters(target, delete.getWhere(), joins, scope);
      context.findings.effect(EffectKind.DELETE, filtered, name(target));
    }
    rest(delete.getOrderByElements(), delete.getLimit(), scope);
    if (delete.getOutputClause() != null) {
      if (targets.size() != 1) {
        throw context.unknownConstruct(delete.getOutputClause(), "OUTPUT");
      }
      return output(delete.getOutputClause(), targets.iterator().next(), scope);
    }
    return returning(delete.getReturningClause(), scope);
  }

  private Source named(Table table, Scope scope) {
    context.visit(table);
    String name = context.identifiers.stored(Relations.parts(table).get(0));
    Source source = scope.source(null, name);
    if (source == null || source.table() == null) {
      throw context.refuse(
          "unknown-table",
          "There is no table " + name + " to change here.",
          table,
          "Use the alias that the FROM clause gives.");
    }
    return source;
  }

  List<Output> returning(@Nullable ReturningClause clause, Scope scope) {
    if (clause == null) {
      return List.of();
    }
    context.visit(clause);
    return context.selectLists.returning(new ArrayList<>(clause), scope);
  }

  List<Output> upsert(Upsert upsert, Scope scope) {
    context.visit(upsert);
    Source target = context.relations.target(upsert.getTable());
    context.findings.effect(EffectKind.INSERT, name(target));
    switch (upsert.getUpsertType()) {
      case REPLACE, REPLACE_SET, INSERT_OR_REPLACE ->
          context.findings.effect(EffectKind.DELETE, true, name(target));
      case UPSERT -> context.findings.effect(EffectKind.UPDATE, true, name(target));
      case INSERT_OR_ABORT, INSERT_OR_FAIL, INSERT_OR_IGNORE, INSERT_OR_ROLLBACK -> {}
    }
    columns(upsert.getColumns(), target);
    if (upsert.getSelect() != null) {
      copied(upsert.getSelect(), scope);
    }
    if (upsert.getExpressions() != null) {
      for (Value value : context.expressions.elements(upsert.getExpressions(), scope)) {
        context.use(UseRole.COPY, value, upsert);
      }
    }
    Scope inside = scope.derivedTable();
    inside.add(target);
    assignments(upsert.getUpdateSets(), inside, target);
    if (upsert.getDuplicateUpdateSets() != null && !upsert.getDuplicateUpdateSets().isEmpty()) {
      context.findings.effect(EffectKind.UPDATE, true, name(target));
      assignments(upsert.getDuplicateUpdateSets(), inside, target);
    }
    if (upsert.getDuplicateAction() != null) {
      context.visit(upsert.getDuplicateAction());
      context.findings.effect(EffectKind.UPDATE, true, name(target));
      assignments(upsert.getDuplicateAction().getUpdateSets(), inside, target);
      context.predicates.predicate(
          UseRole.PREDICATE, upsert.getDuplicateAction().getWhereExpression(), inside);
    }
    return List.of();
  }

  static String name(Source source) {
    return source.table() == null ? source.name() : source.table().dotted();
  }
}
