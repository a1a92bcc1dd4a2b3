package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.internal.resolve.Identifiers;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.TypeFamily;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.RowConstructor;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.*;

/// VALUES: each column is what stands in any of its rows.
final class ValueLists {
  private final Context context;

  ValueLists(Context context) {
    this.context = context;
  }

  List<Output> outputs(Values values, Scope scope) {
    List<List<Value>> rows = new ArrayList<>();
    ExpressionList<?> list = values.getExpressions();
    context.visit(list);
    boolean manyRows =
        list.stream().allMatch(row -> row instanceof ParenthesedExpressionList<?> || mysqlRow(row));
    boolean oneRow = list instanceof ParenthesedExpressionList<?> && !mysqlRow(list.getFirst());
    if (oneRow || !manyRows) {
      rows.add(cells(new ArrayList<>(list), scope));
    } else {
      for (Expression row : list) {
        rows.add(row(row, scope));
      }
    }
    List<Output> outputs = new ArrayList<>();
    Span span = context.span(values);
    for (int column = 0; column < rows.get(0).size(); column++) {
      Value value = null;
      for (List<Value> row : rows) {
        if (row.size() != rows.get(0).size()) {
          throw context.refuse(
              "different-widths",
              "The rows of VALUES have different numbers of columns.",
              values,
              "Give each row the same number of values.");
        }
        value = value == null ? row.get(column) : value.either(row.get(column));
      }
      outputs.add(Output.of(valueName(column), value == null ? Value.unknown() : value, span));
    }
    context.queries.tail(values, scope, outputs);
    return outputs;
  }

  /// MySQL's `ROW(a, b)`.
  private boolean mysqlRow(Expression row) {
    return context.mysql()
        && (row instanceof RowConstructor<?>
            || row instanceof Function function
                && Identifiers.lower(function.getName()).equals("row"));
  }

  private List<Value> row(Expression row, Scope scope) {
    if (row instanceof Function function) {
      context.visit(function);
      context.calls.visitArguments(function);
      return cells(Calls.argumentsOf(function), scope);
    }
    ExpressionList<?> cells = (ExpressionList<?>) row;
    context.visit(cells);
    return cells(new ArrayList<>(cells), scope);
  }

  private List<Value> cells(List<Expression> expressions, Scope scope) {
    List<Value> cells = new ArrayList<>();
    for (Expression expression : expressions) {
      boolean omitted =
          expression instanceof Column column
              && column.getTable() == null
              && Identifiers.lower(column.getColumnName()).equals("default");
      if (omitted) {
        context.visit(expression);
        cells.add(Value.constant(TypeFamily.UNKNOWN));
      } else {
        cells.add(context.expressions.evaluate(expression, scope));
      }
    }
    return cells;
  }

  private String valueName(int column) {
    return switch (context.dialect) {
      case POSTGRESQL, SQLITE, ANSI -> "column" + (column + 1);
      case MYSQL -> "column_" + column;
      case DUCKDB -> "col" + column;
      case TRINO -> "_col" + column;
      case MARIADB, SQLSERVER -> "column" + (column + 1);
    };
  }
}
