package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.sql.Use;
import dev.sluice.governance.sql.UseRole;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.Scope.Resolution;
import dev.sluice.governance.sql.internal.resolve.TypeFamily;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.sf.jsqlparser.expression.*;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import org.jspecify.annotations.Nullable;

/// Conditions: each part joined by AND is a use of its own.
final class Predicates {
  private final Context context;

  Predicates(Context context) {
    this.context = context;
  }

  /// Records the uses of a condition and returns what reaches it.
  Value predicate(UseRole role, @Nullable Expression condition, Scope scope) {
    if (condition == null) {
      return Value.constant(TypeFamily.BOOLEAN);
    }
    List<Value> values = new ArrayList<>();
    boolean conditional = condition instanceof AndExpression;
    collect(role, condition, scope, values);
    Value all = Value.computed(values, TypeFamily.BOOLEAN);
    if (conditional) {
      context.forms.conditional(values, List.of(), condition);
    }
    return all;
  }

  private void collect(UseRole role, Expression condition, Scope scope, List<Value> values) {
    if (condition instanceof AndExpression and) {
      context.visit(and);
      collect(role, and.getLeftExpression(), scope, values);
      collect(role, and.getRightExpression(), scope, values);
      return;
    }
    if (condition instanceof ParenthesedExpressionList<?> list
        && list.size() == 1
        && !(list instanceof RowConstructor)) {
      context.visit(list);
      collect(role, list.get(0), scope, values);
      return;
    }
    Value value = context.expressions.evaluate(condition, scope);
    context.use(role, value.sources(), condition, equality(condition, scope));
    values.add(value);
  }

  /// Set when the condition is exactly `column = constant` or `column IN (constants)`.
  private Optional<Use.Equality> equality(Expression condition, Scope scope) {
    if (condition instanceof EqualsTo equals) {
      Optional<Use.Equality> straight =
          equality(equals.getLeftExpression(), List.of(equals.getRightExpression()), scope);
      return straight.isPresent()
          ? straight
          : equality(equals.getRightExpression(), List.of(equals.getLeftExpression()), scope);
    }
    if (condition instanceof InExpression in
        && !in.isNot()
        && in.getRightExpression() instanceof ParenthesedExpressionList<?> list) {
      return equality(in.getLeftExpression(), new ArrayList<>(list), scope);
    }
    return Optional.empty();
  }

  private Optional<Use.Equality> equality(
      Expression tested, List<Expression> constants, Scope scope) {
    if (!(Forms.unwrapped(tested) instanceof Column column)) {
      return Optional.empty();
    }
    ColumnRef base = base(column, scope);
    if (base == null) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    for (Expression constant : constants) {
      String text = constant(constant);
      if (text == null) {
        return Optional.empty();
      }
      texts.add(text);
    }
    return Optional.of(new Use.Equality(base, texts));
  }

  private @Nullable ColumnRef base(Column column, Scope scope) {
    if (column.getArrayConstructor() != null) {
      return null;
    }
    String name = context.identifiers.stored(column.getColumnName());
    Resolution resolution;
    if (column.getTable() == null || column.getTable().getNameParts().isEmpty()) {
      resolution = scope.column(name);
    } else {
      String source = context.identifiers.stored(column.getTable().getName());
      resolution = scope.column(null, source, name);
    }
    return resolution instanceof Resolution.Found found ? found.value().base() : null;
  }

  private @Nullable String constant(Expression expression) {
    return switch (expression) {
      case StringValue text -> context.source(text);
      case LongValue number -> number.getStringValue();
      case DoubleValue number -> context.source(number);
      case SignedExpression signed when signed.getExpression() instanceof LongValue ->
          context.source(signed);
      case JdbcParameter parameter -> "?";
      case JdbcNamedParameter parameter -> parameter.getName();
      default -> null;
    };
  }
}
