package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.internal.resolve.Identifiers;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.Value;
import dev.sluice.governance.sql.internal.tree.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.LambdaExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.NotEqualsTo;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.Select;
import org.jspecify.annotations.Nullable;

/// DuckDB's COLUMNS(...): columns chosen by their names. Around it an expression stands for one
/// output of each.
final class ColumnChoices {
  private final Context context;
  private @Nullable Function choice;
  private @Nullable Value current;

  ColumnChoices(Context context) {
    this.context = context;
  }

  boolean isChoice(Object node) {
    return context.dialect == Dialect.DUCKDB
        && node instanceof Function function
        && function.getMultipartName().size() == 1
        && Identifiers.lower(function.getName()).equals("columns");
  }

  /// Whether the expression has a choice of columns inside.
  boolean within(Expression expression) {
    return context.dialect == Dialect.DUCKDB && !isChoice(expression) && count(expression) > 0;
  }

  private int count(Expression expression) {
    List<Function> found = new ArrayList<>();
    Trees.contains(
        expression,
        node -> {
          if (isChoice(node)) {
            found.add((Function) node);
          }
          return false;
        },
        node -> node instanceof Select);
    choice = found.isEmpty() ? null : found.getFirst();
    return found.size();
  }

  /// One output for each column of the choice inside.
  List<Output> expanded(Expression expression, Scope scope) {
    if (count(expression) != 1 || !(choice instanceof Function columns)) {
      throw context.unknownConstruct(expression, "COLUMNS more than once");
    }
    List<Output> outputs = new ArrayList<>();
    try {
      for (Output column : outputs(columns, scope)) {
        choice = columns;
        current = column.field().value();
        Value value = context.expressions.evaluate(expression, scope);
        outputs.add(Output.of(column.field().name(), value, context.span(expression)));
      }
    } finally {
      choice = null;
      current = null;
    }
    return outputs;
  }

  /// The column that a choice stands for just now, if it is being expanded.
  @Nullable Value current(Function function) {
    return function == choice ? current : null;
  }

  /// The columns of a choice that stands alone.
  List<Output> outputs(Function function, Scope scope) {
    context.visit(function);
    context.calls.visitArguments(function);
    List<Expression> arguments = Calls.argumentsOf(function);
    Expression only = arguments.size() == 1 ? unwrapped(arguments.get(0)) : null;
    return switch (only) {
      case StringValue pattern -> {
        context.visit(pattern);
        try {
          yield context.selectLists.named(
              function, scope, Pattern.compile(pattern.getValue()).asPredicate(), function);
        } catch (PatternSyntaxException e) {
          throw context.unknownConstruct(function, "COLUMNS with this pattern");
        }
      }
      case LambdaExpression lambda -> {
        context.visitAll(lambda);
        yield context.selectLists.named(function, scope, condition(lambda), function);
      }
      case AllTableColumns star -> throw context.unknownConstruct(function, "COLUMNS");
      case AllColumns star -> context.selectLists.star(star, scope);
      case null, default -> throw context.unknownConstruct(function, "COLUMNS");
    };
  }

  /// The lambda of DuckDB's newer spelling comes inside a call.
  private Expression unwrapped(Expression argument) {
    if (argument instanceof Function marker && marker.getName().equals("sluice_lambda")) {
      context.visitAll(marker);
      return Calls.argumentsOf(marker).getLast();
    }
    return argument;
  }

  /// A condition on the name of a column that can be decided here.
  private Predicate<String> condition(LambdaExpression lambda) {
    Expression body = Forms.unwrapped(lambda.getExpression());
    Predicate<String> condition =
        switch (body) {
          case LikeExpression like
              when aboutName(like.getLeftExpression(), lambda)
                  && like.getRightExpression() instanceof StringValue pattern
                  && like.getEscape() == null -> {
            Predicate<String> matches = SelectLists.like(like, pattern.getValue());
            yield like.isNot() ? matches.negate() : matches;
          }
          case EqualsTo equals
              when aboutName(equals.getLeftExpression(), lambda)
                  && equals.getRightExpression() instanceof StringValue name ->
              name.getValue()::equals;
          case NotEqualsTo different
              when aboutName(different.getLeftExpression(), lambda)
                  && different.getRightExpression() instanceof StringValue name ->
              Predicate.not(name.getValue()::equals);
          default -> throw context.unknownConstruct(lambda, "COLUMNS with this condition");
        };
    return condition;
  }

  private static boolean aboutName(Expression operand, LambdaExpression lambda) {
    return operand instanceof Column column
        && column.getTable() == null
        && lambda.getIdentifiers().size() == 1
        && column.getColumnName().equalsIgnoreCase(lambda.getIdentifiers().getFirst());
  }
}
