package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.UseRole;
import dev.sluice.governance.sql.internal.resolve.Field;
import dev.sluice.governance.sql.internal.resolve.Identifiers;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.Scope.AliasUse;
import dev.sluice.governance.sql.internal.resolve.Source;
import dev.sluice.governance.sql.internal.resolve.TypeFamily;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.AllValue;
import net.sf.jsqlparser.expression.CollateExpression;
import net.sf.jsqlparser.expression.DateUnitExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.*;
import org.jspecify.annotations.Nullable;

/// Queries of every shape: what they return and what their clauses use.
final class Queries {
  private final Context context;
  private final BareColumns bareColumns;
  private final SetOperations setOperations;
  private final ValueLists valueLists;

  Queries(Context context) {
    this.context = context;
    this.bareColumns = new BareColumns(context);
    this.setOperations = new SetOperations(context);
    this.valueLists = new ValueLists(context);
  }

  /// The result of a query.
  ///
  /// @param scope a new scope for it, empty
  List<Output> query(Select select, Scope scope) {
    context.visit(select);
    context.commonTables.define(select.getWithItemsList(), scope);
    return switch (select) {
      case PlainSelect plain -> plain(plain, scope);
      case SetOperationList operations -> setOperations.outputs(operations, scope);
      case ParenthesedSelect parenthesed -> parenthesed(parenthesed, scope);
      case Values values -> valueLists.outputs(values, scope);
      case TableStatement table -> table(table, scope);
      case PivotQuery pivot -> context.pivots.query(pivot, scope);
      default -> throw context.unknownConstruct(select);
    };
  }

  private List<Output> plain(PlainSelect select, Scope scope) {
    if (select.getFromItem() != null) {
      context.fromItems.from(select.getFromItem(), select.getJoins(), scope);
    }
    if (select.getLateralViews() != null && !select.getLateralViews().isEmpty()) {
      throw context.unknownConstruct(select.getLateralViews().get(0), "LATERAL VIEW");
    }
    context.windows.define(select.getWindowDefinitions(), scope);
    List<Output> outputs = context.selectLists.outputs(select.getSelectItems(), scope);
    bareColumns.check(select, scope);
    List<Field> fields = Output.fields(outputs);

    scope.exposeOutputs(fields, whereAliases());
    context.predicates.predicate(UseRole.PREDICATE, select.getWhere(), scope);
    scope.exposeOutputs(fields, groupAliases());
    group(select.getGroupBy(), scope, outputs);
    context.predicates.predicate(UseRole.HAVING, select.getHaving(), scope);
    context.predicates.predicate(UseRole.QUALIFY, select.getQualify(), scope);
    distinct(select.getDistinct(), scope, outputs);
    scope.exposeOutputs(fields, orderAliases());
    tail(select, scope, outputs);
    if (select.getTop() != null) {
      context.visit(select.getTop());
      limit(select.getTop().getExpression(), scope);
    }
    into(select, outputs);
    scope.exposeOutputs(List.of(), AliasUse.NONE);
    return outputs;
  }

  private AliasUse whereAliases() {
    return switch (context.dialect) {
      case SQLITE, DUCKDB, ANSI -> AliasUse.AFTER_COLUMNS;
      case POSTGRESQL, MYSQL, MARIADB, SQLSERVER, TRINO -> AliasUse.NONE;
    };
  }

  private AliasUse groupAliases() {
    return switch (context.dialect) {
      case SQLITE, DUCKDB, ANSI, MYSQL, MARIADB, POSTGRESQL -> AliasUse.AFTER_COLUMNS;
      case SQLSERVER, TRINO -> AliasUse.NONE;
    };
  }

  private AliasUse orderAliases() {
    return context.dialect == Dialect.POSTGRESQL ? AliasUse.NONE : AliasUse.WITH_COLUMNS;
  }

  private void group(@Nullable GroupByElement group, Scope scope, List<Output> outputs) {
    if (group == null) {
      return;
    }
    context.visit(group);
    if (group.getGroupByExpressionList() != null) {
      context.visit(group.getGroupByExpressionList());
      for (Object key : group.getGroupByExpressionList()) {
        groupKey((Expression) key, scope, outputs);
      }
    }
    if (group.getGroupingSets() != null) {
      for (ExpressionList<?> set : group.getGroupingSets()) {
        context.visit(set);
        set.forEach(key -> groupKey(key, scope, outputs));
      }
    }
  }

  private void groupKey(Expression written, Scope scope, List<Output> outputs) {
    Expression key = bare(written);
    switch (key) {
      case LongValue ordinal -> {
        context.visit(ordinal);
        context.use(UseRole.GROUP, ordinal(ordinal, outputs), ordinal);
      }
      case Function function when grouping(function) -> {
        context.visit(function);
        context.calls.visitArguments(function);
        Calls.argumentsOf(function).forEach(inner -> groupKey(inner, scope, outputs));
      }
      case ParenthesedExpressionList<?> list -> {
        context.visit(list);
        list.forEach(inner -> groupKey(inner, scope, outputs));
      }
      case AllValue all -> {
        context.visit(all);
        context.use(UseRole.GROUP, everything(outputs), all);
      }
      default -> {
        Value value = context.expressions.evaluate(key, scope);
        context.use(UseRole.GROUP, unlessPosition(key, value, outputs), key);
      }
    }
  }

  private static boolean grouping(Function function) {
    String name = Identifiers.lower(function.getName());
    return name.equals("rollup") || name.equals("cube") || name.equals("grouping sets");
  }

  /// GROUP BY ALL and ORDER BY ALL mean the outputs.
  private static Value everything(List<Output> outputs) {
    return Value.computed(
        outputs.stream().map(output -> output.field().value()).toList(), TypeFamily.ROW);
  }

  private Value ordinal(LongValue ordinal, List<Output> outputs) {
    String text = ordinal.getStringValue();
    if (text.length() < 6) {
      int position = Integer.parseInt(text);
      if (position >= 1 && position <= outputs.size()) {
        return outputs.get(position - 1).field().value();
      }
    }
    throw context.refuse(
        "unknown-position",
        "There is no output column " + text + ".",
        ordinal,
        "Use a position from 1 to " + outputs.size() + ".");
  }

  private void distinct(@Nullable Distinct distinct, Scope scope, List<Output> outputs) {
    if (distinct == null) {
      return;
    }
    context.visit(distinct);
    if (distinct.getOnSelectItems() == null || distinct.getOnSelectItems().isEmpty()) {
      outputs.forEach(
          output -> context.findings.use(UseRole.DISTINCT, output.field().value(), output.span()));
      return;
    }
    for (SelectItem<?> item : distinct.getOnSelectItems()) {
      context.visit(item);
      Value value = orderKey(item.getExpression(), scope, outputs);
      context.use(UseRole.DISTINCT, value, item);
    }
  }

  private Value position(LongValue ordinal, List<Output> outputs) {
    context.visit(ordinal);
    return ordinal(ordinal, outputs);
  }

  /// What may follow any query: ORDER BY, LIMIT, OFFSET, FETCH, FOR UPDATE.
  void tail(Select select, Scope scope, List<Output> outputs) {
    order(select.getOrderByElements(), scope, outputs);
    if (select.getLimit() != null) {
      Limit limit = select.getLimit();
      context.visit(limit);
      limit(limit.getRowCount(), scope);
      limit(limit.getOffset(), scope);
      if (limit.getByExpressions() != null) {
        throw context.unknownConstruct(limit, "LIMIT BY");
      }
    }
    if (select.getOffset() != null) {
      context.visit(select.getOffset());
      limit(select.getOffset().getOffset(), scope);
    }
    if (select.getFetch() != null) {
      context.visit(select.getFetch());
      limit(select.getFetch().getExpression(), scope);
    }
    if (select.getForClause() != null) {
      whole(select, outputs);
    }
    if (select.getForMode() != null) {
      context.findings.effect(
          EffectKind.LOCK,
          scope.sources().stream()
              .filter(source -> source.table() != null)
              .map(source -> source.table().dotted())
              .toArray(String[]::new));
    }
  }

  /// SQL Server's FOR JSON and FOR XML: all rows become one text.
  private void whole(Select select, List<Output> outputs) {
    context.visitAll(select.getForClause());
    if (context.dialect != Dialect.SQLSERVER) {
      throw context.unknownConstruct(select, "FOR");
    }
    Value document =
        Value.computed(
            outputs.stream().map(output -> output.field().value()).toList(), TypeFamily.TEXT);
    Span span = context.span(select);
    outputs.clear();
    outputs.add(Output.of("document", document, span));
  }

  void limit(@Nullable Expression count, Scope scope) {
    if (count instanceof AllValue) {
      context.visit(count);
    } else if (count != null) {
      context.use(UseRole.LIMIT, context.expressions.evaluate(count, scope), count);
    }
  }

  void order(@Nullable List<OrderByElement> elements, Scope scope, List<Output> outputs) {
    if (elements == null) {
      return;
    }
    for (OrderByElement element : elements) {
      context.visit(element);
      Expression key = element.getExpression();
      context.use(UseRole.ORDER, orderKey(key, scope, outputs), key);
    }
  }

  private Value orderKey(Expression written, Scope scope, List<Output> outputs) {
    Expression key = bare(written);
    if (key instanceof LongValue ordinal) {
      return position(ordinal, outputs);
    }
    if (key instanceof AllValue) {
      context.visit(key);
      return everything(outputs);
    }
    if (key instanceof Column column && column.getTable() == null) {
      String name = context.identifiers.stored(column.getColumnName());
      Value found = null;
      for (Output output : outputs) {
        if (context.identifiers.same(output.field().name(), name)) {
          Value value = output.field().value();
          found = found == null ? value : found.either(value);
        }
      }
      if (found != null) {
        context.visit(column);
        return found;
      }
    }
    return unlessPosition(key, context.expressions.evaluate(key, scope), outputs);
  }

  /// What stands inside parentheses, a collation or a plus: engines look through them for a
  /// position.
  private Expression bare(Expression key) {
    return switch (key) {
      case ParenthesedExpressionList<?> list when list.size() == 1 -> {
        context.visit(list);
        yield bare(list.get(0));
      }
      case CollateExpression collate -> {
        context.visit(collate);
        yield bare(collate.getLeftExpression());
      }
      case DateUnitExpression unit -> {
        context.visit(unit);
        yield new Column(Expressions.nameOf(unit));
      }
      case SignedExpression signed when signed.getSign() == '+' -> {
        context.visit(signed);
        yield bare(signed.getExpression());
      }
      default -> key;
    };
  }

  /// Any other constant may be taken for a position, and then stands for some output.
  private Value unlessPosition(Expression key, Value value, List<Output> outputs) {
    boolean position =
        value.constant()
            && value.type() != TypeFamily.TEXT
            && value.type() != TypeFamily.NULL
            && !(key instanceof Select);
    return position ? value.influencedBy(everything(outputs)) : value;
  }

  /// A name as the engine will keep it, the same however it was quoted.
  private String stored(Table table) {
    String name = context.identifiers.stored(table.getName());
    return table.getSchemaName() == null
        ? name
        : context.identifiers.stored(table.getSchemaName()) + "." + name;
  }

  /// SELECT ... INTO writes what it selects.
  private void into(PlainSelect select, List<Output> outputs) {
    if (select.getIntoTables() != null && !select.getIntoTables().isEmpty()) {
      for (Table table : select.getIntoTables()) {
        context.visit(table);
        context.findings.effect(EffectKind.CREATE, stored(table));
      }
      copies(outputs);
    }
    if (select.getMySqlSelectIntoClause() != null) {
      MySqlSelectIntoClause clause = select.getMySqlSelectIntoClause();
      context.visit(clause);
      context.findings.effect(
          clause.getType() == MySqlSelectIntoClause.Type.VARIABLES
              ? EffectKind.SESSION
              : EffectKind.FILE);
      copies(outputs);
    }
  }

  /// Each output flows into something that outlives the statement.
  void copies(List<Output> outputs) {
    outputs.forEach(
        output -> context.findings.use(UseRole.COPY, output.field().value(), output.span()));
  }

  private List<Output> parenthesed(ParenthesedSelect select, Scope scope) {
    List<Output> outputs = query(select.getSelect(), scope.derivedQuery());
    scope.exposeOutputs(Output.fields(outputs), AliasUse.AFTER_COLUMNS);
    tail(select, scope, outputs);
    scope.exposeOutputs(List.of(), AliasUse.NONE);
    return outputs;
  }

  private List<Output> table(TableStatement statement, Scope scope) {
    Source source = context.relations.source(statement.getTable(), scope);
    scope.add(source);
    Span span = context.span(statement.getTable());
    List<Output> outputs = new ArrayList<>();
    source.fields().forEach(field -> outputs.add(new Output(field, span)));
    if (source.open()) {
      outputs.add(Output.of("*", Value.unknown(), span));
    }
    tail(statement, scope, outputs);
    return outputs;
  }
}
