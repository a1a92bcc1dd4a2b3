package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.UseRole;
import dev.sluice.governance.sql.internal.resolve.Field;
import dev.sluice.governance.sql.internal.resolve.Identifiers;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.Source;
import dev.sluice.governance.sql.internal.resolve.TypeFamily;
import dev.sluice.governance.sql.internal.resolve.Value;
import dev.sluice.governance.sql.internal.tree.Trees;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.Pivot;
import net.sf.jsqlparser.statement.select.PivotQuery;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.UnPivot;

/// PIVOT and UNPIVOT of a table in a FROM clause.
final class Pivots {
  private final Context context;

  Pivots(Context context) {
    this.context = context;
  }

  Source pivoted(Pivot pivot, Source source, Scope scope) {
    context.visit(pivot);
    refuseOpen(source, pivot);
    Scope inside = scope.derivedTable();
    inside.add(source);
    List<String> consumed = new ArrayList<>();
    List<Value> aggregates = new ArrayList<>();
    List<String> suffixes = new ArrayList<>();
    for (SelectItem<Function> item : pivot.getFunctionItems()) {
      context.visit(item);
      aggregates.add(context.expressions.evaluate(item.getExpression(), inside));
      Calls.argumentsOf(item.getExpression()).stream()
          .filter(Column.class::isInstance)
          .forEach(column -> consumed.add(name((Column) column)));
      suffixes.add(suffix(item));
    }
    if (pivot.getForColumns() != null) {
      if (pivot.getForColumns() instanceof ExpressionList<?> list) {
        context.visit(list);
      }
      for (Column column : pivot.getForColumns()) {
        context.use(UseRole.PIVOT, context.expressions.evaluate(column, inside), column);
        consumed.add(name(column));
      }
    }
    List<Field> fields = new ArrayList<>();
    for (Field field : source.fields()) {
      if (consumed.stream().noneMatch(name -> context.identifiers.same(name, field.name()))) {
        context.use(UseRole.PIVOT, field.value(), pivot);
        fields.add(field);
      }
    }
    if (pivot.getMultiInItems() != null && !pivot.getMultiInItems().isEmpty()) {
      throw context.unknownConstruct(pivot, "PIVOT");
    }
    boolean single = aggregates.size() == 1 && pivot.getFunctionItems().get(0).getAlias() == null;
    for (SelectItem<?> item : pivot.getSingleInItems()) {
      context.visit(item);
      if (namesValue(item.getExpression())) {
        context.visit(item.getExpression());
      } else {
        context.expressions.evaluate(item.getExpression(), inside);
      }
      for (int i = 0; i < aggregates.size(); i++) {
        String name = inName(item) + (single ? "" : "_" + suffixes.get(i));
        fields.removeIf(
            field ->
                source.fields().contains(field) && context.identifiers.same(field.name(), name));
        fields.add(new Field(name, aggregates.get(i)));
      }
    }
    return context.fromItems.derived(pivot.getAlias(), fields, pivot);
  }

  private String suffix(SelectItem<Function> item) {
    if (item.getAlias() == null) {
      return Identifiers.lower(item.getExpression().getName());
    }
    context.visit(item.getAlias());
    return context.identifiers.stored(item.getAlias().getName());
  }

  private String inName(SelectItem<?> item) {
    if (item.getAlias() != null) {
      context.visit(item.getAlias());
      return context.identifiers.stored(item.getAlias().getName());
    }
    Expression expression = item.getExpression();
    if (namesValue(expression)) {
      return name((Column) expression);
    }
    return expression instanceof StringValue text ? text.getValue() : context.source(expression);
  }

  /// In SQL Server the values of a PIVOT are written like names.
  private boolean namesValue(Expression expression) {
    return context.dialect == Dialect.SQLSERVER
        && expression instanceof Column column
        && !SelectLists.named(column.getTable());
  }

  /// `PIVOT t ON x USING f(y) GROUP BY z`: z, then a column for each value of x, however many.
  List<Output> query(PivotQuery pivot, Scope scope) {
    if (context.dialect != Dialect.DUCKDB) {
      throw context.unknownConstruct(pivot, "PIVOT");
    }
    context.fromItems.item(pivot.getFromItem(), scope, false);
    if (scope.sources().stream().anyMatch(Source::open)) {
      throw context.unknownConstruct(pivot, "PIVOT");
    }
    List<Value> spread = new ArrayList<>();
    List<String> consumed = new ArrayList<>();
    context.visit(pivot.getOnExpressions());
    for (Expression on : pivot.getOnExpressions()) {
      Value value = context.expressions.evaluate(on, scope);
      context.use(UseRole.PIVOT, value, on);
      spread.add(value);
      consumed.addAll(columnNames(on));
    }
    if (pivot.getUsingItems() != null) {
      for (SelectItem<Function> item : pivot.getUsingItems()) {
        context.visit(item);
        if (item.getAlias() != null) {
          context.visit(item.getAlias());
        }
        spread.add(context.expressions.evaluate(item.getExpression(), scope));
        consumed.addAll(columnNames(item.getExpression()));
      }
    }
    List<Output> outputs = groups(pivot, scope, consumed);
    Value cell = Value.computed(spread, TypeFamily.UNKNOWN);
    outputs.add(Output.of("*", cell, context.span(pivot)));
    return outputs;
  }

  private List<Output> groups(PivotQuery pivot, Scope scope, List<String> consumed) {
    List<Output> outputs = new ArrayList<>();
    if (pivot.getGroupByExpressions() != null) {
      context.visit(pivot.getGroupByExpressions());
      for (Expression key : pivot.getGroupByExpressions()) {
        Value value = context.expressions.evaluate(key, scope);
        context.use(UseRole.GROUP, value, key);
        outputs.add(Output.of(context.source(key), value, context.span(key)));
      }
      return outputs;
    }
    for (Scope.Visible column : scope.visible()) {
      Field field = column.field();
      if (consumed.stream().noneMatch(name -> context.identifiers.same(name, field.name()))) {
        context.use(UseRole.PIVOT, field.value(), pivot);
        outputs.add(new Output(field, context.span(pivot)));
      }
    }
    return outputs;
  }

  private List<String> columnNames(Expression expression) {
    List<String> names = new ArrayList<>();
    Trees.contains(
        expression,
        node -> {
          if (node instanceof Column column) {
            names.add(name(column));
          }
          return false;
        },
        node -> false);
    return names;
  }

  Source unpivoted(UnPivot unpivot, Source source, Scope scope) {
    context.visit(unpivot);
    refuseOpen(source, unpivot);
    Scope inside = scope.derivedTable();
    inside.add(source);
    List<String> consumed = new ArrayList<>();
    List<Value> values = new ArrayList<>();
    for (SelectItem<?> item : unpivot.getUnPivotInClause()) {
      context.visit(item);
      if (item.getAlias() != null) {
        context.visit(item.getAlias());
      }
      if (!(item.getExpression() instanceof Column column)) {
        throw context.unknownConstruct(item, "UNPIVOT");
      }
      Value value = context.expressions.evaluate(column, inside);
      context.use(UseRole.PIVOT, value, column);
      values.add(value);
      consumed.add(name(column));
    }
    List<Field> fields = new ArrayList<>();
    for (Field field : source.fields()) {
      if (consumed.stream().noneMatch(name -> context.identifiers.same(name, field.name()))) {
        fields.add(field);
      }
    }
    Value all = Value.computed(values, TypeFamily.UNKNOWN);
    for (List<Column> columns :
        List.of(unpivot.getUnPivotForClause(), unpivot.getUnPivotClause())) {
      if (columns instanceof ExpressionList<?> list) {
        context.visit(list);
      }
      for (Column column : columns) {
        context.visit(column);
        boolean label = columns == unpivot.getUnPivotForClause();
        fields.add(
            new Field(
                context.identifiers.stored(column.getColumnName()),
                label ? Value.open(TypeFamily.TEXT) : all));
      }
    }
    return context.fromItems.derived(unpivot.getAlias(), fields, unpivot);
  }

  private void refuseOpen(Source source, Object node) {
    if (source.open()) {
      throw context.refuse(
          "unknown-columns",
          "The columns of this table are not known.",
          node,
          "Refresh the schema.");
    }
  }

  private String name(Column column) {
    return context.identifiers.stored(column.getColumnName());
  }
}
