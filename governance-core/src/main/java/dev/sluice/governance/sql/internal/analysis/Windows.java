package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.UseRole;
import dev.sluice.governance.sql.internal.resolve.Identifiers;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.TypeFamily;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.AnalyticType;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.MySQLGroupConcat;
import net.sf.jsqlparser.expression.OrderByClause;
import net.sf.jsqlparser.expression.PartitionByClause;
import net.sf.jsqlparser.expression.WindowDefinition;
import net.sf.jsqlparser.expression.WindowElement;
import net.sf.jsqlparser.expression.WindowOffset;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.OrderByElement;
import org.jspecify.annotations.Nullable;

/// Calls with a window, a filter, or an order within the group.
final class Windows {
  private final Context context;

  Windows(Context context) {
    this.context = context;
  }

  /// The windows that a query names, in order.
  void define(@Nullable List<WindowDefinition> definitions, Scope scope) {
    if (definitions == null) {
      return;
    }
    for (WindowDefinition definition : definitions) {
      Value keys = window(definition, scope, UseRole.WINDOW);
      scope.defineWindow(context.identifiers.stored(definition.getWindowName()), keys);
    }
  }

  Value analytic(AnalyticExpression analytic, Scope scope) {
    List<Expression> arguments = new ArrayList<>();
    List<Value> values = new ArrayList<>();
    for (Expression argument :
        new @Nullable Expression[] {
          analytic.getExpression(), analytic.getOffset(), analytic.getDefaultValue()
        }) {
      if (argument == null) {
        continue;
      }
      if (argument instanceof AllColumns && !(argument instanceof AllTableColumns)) {
        context.visit(argument);
        values.addAll(
            context.calls.starValues(Identifiers.lower(analytic.getName()), argument, scope));
        continue;
      }
      arguments.add(argument);
      values.addAll(context.calls.values(List.of(argument), scope));
    }
    if (analytic.isAllColumns()) {
      values.addAll(
          context.calls.starValues(Identifiers.lower(analytic.getName()), analytic, scope));
    }
    Value ordering = context.calls.ordering(analytic.getFuncOrderBy(), scope);
    boolean withinGroup =
        analytic.getType() == AnalyticType.WITHIN_GROUP
            || analytic.getType() == AnalyticType.WITHIN_GROUP_OVER;
    Value keys = Value.constant(TypeFamily.UNKNOWN);
    if (withinGroup) {
      values.addAll(withinGroup(analytic, scope));
    } else {
      keys = over(analytic, scope);
    }
    if (analytic.getType() == AnalyticType.WITHIN_GROUP_OVER) {
      keys = partition(analytic, scope);
    }
    Value result =
        context.calls.call(
            new Calls.Call(
                List.of(analytic.getName().split("\\.")),
                arguments,
                values,
                analytic.isDistinct() || analytic.isUnique(),
                ordering,
                analytic));
    return filtered(result.influencedBy(keys), analytic.getFilterExpression(), scope);
  }

  private List<Value> withinGroup(AnalyticExpression analytic, Scope scope) {
    WindowDefinition definition = analytic.getWindowDefinition();
    List<Value> keys = new ArrayList<>();
    if (definition != null) {
      context.visit(definition);
      visitParts(definition);
      if (definition.getOrderBy() != null && definition.getOrderBy().getOrderByElements() != null) {
        for (OrderByElement element : definition.getOrderBy().getOrderByElements()) {
          context.visit(element);
          keys.add(context.expressions.evaluate(element.getExpression(), scope));
        }
      }
    }
    return keys;
  }

  /// `WITHIN GROUP (...) OVER (PARTITION BY ...)`.
  private Value partition(AnalyticExpression analytic, Scope scope) {
    List<Value> keys = new ArrayList<>();
    if (analytic.getPartitionExpressionList() != null) {
      for (Object key : analytic.getPartitionExpressionList()) {
        keys.add(key((Expression) key, scope, UseRole.WINDOW));
      }
    }
    return Value.computed(keys, TypeFamily.UNKNOWN);
  }

  private Value over(AnalyticExpression analytic, Scope scope) {
    Value named = Value.constant(TypeFamily.UNKNOWN);
    if (analytic.getWindowName() != null) {
      named = named(analytic.getWindowName(), analytic, scope);
    }
    WindowDefinition definition = analytic.getWindowDefinition();
    if (definition == null) {
      return named;
    }
    if (definition.getWindowName() != null) {
      named = named.influencedBy(named(definition.getWindowName(), analytic, scope));
    }
    return named.influencedBy(window(definition, scope, UseRole.WINDOW));
  }

  private Value named(String name, Object node, Scope scope) {
    if (scope.window(context.identifiers.stored(name)) instanceof Value keys) {
      return keys;
    }
    throw context.refuse(
        "unknown-window", "There is no window " + name + ".", node, "Define it in WINDOW.");
  }

  private Value window(WindowDefinition definition, Scope scope, UseRole role) {
    context.visit(definition);
    visitParts(definition);
    List<Value> keys = new ArrayList<>();
    if (definition.getPartitionExpressionList() != null) {
      for (Object key : definition.getPartitionExpressionList()) {
        keys.add(key((Expression) key, scope, role));
      }
    }
    if (definition.getOrderByElements() != null) {
      for (OrderByElement element : definition.getOrderByElements()) {
        context.visit(element);
        keys.add(key(element.getExpression(), scope, role));
      }
    }
    frame(definition.getWindowElement(), scope, role, keys);
    return Value.computed(keys, TypeFamily.UNKNOWN);
  }

  private Value key(Expression expression, Scope scope, UseRole role) {
    Value value = context.expressions.evaluate(expression, scope);
    context.use(role, value, expression);
    return value;
  }

  private void frame(@Nullable WindowElement element, Scope scope, UseRole role, List<Value> keys) {
    if (element == null) {
      return;
    }
    context.visit(element);
    offset(element.getOffset(), scope, role, keys);
    if (element.getRange() != null) {
      context.visit(element.getRange());
      offset(element.getRange().getStart(), scope, role, keys);
      offset(element.getRange().getEnd(), scope, role, keys);
    }
  }

  private void offset(@Nullable WindowOffset offset, Scope scope, UseRole role, List<Value> keys) {
    if (offset != null) {
      context.visit(offset);
      if (offset.getExpression() != null) {
        keys.add(key(offset.getExpression(), scope, role));
      }
    }
  }

  private void visitParts(WindowDefinition definition) {
    OrderByClause order = definition.getOrderBy();
    if (order != null) {
      context.visit(order);
    }
    PartitionByClause partition = definition.getPartitionBy();
    if (partition != null) {
      context.visit(partition);
    }
  }

  /// The value under a FILTER clause.
  Value filtered(Value value, @Nullable Expression filter, Scope scope) {
    if (filter == null) {
      return value;
    }
    Value condition = context.predicates.predicate(UseRole.FILTER, filter, scope);
    return value.influencedBy(condition);
  }

  Value groupConcat(MySQLGroupConcat concat, Scope scope) {
    List<Value> values = context.expressions.elements(concat.getExpressionList(), scope);
    List<Expression> arguments = new ArrayList<>(concat.getExpressionList());
    Value ordering = context.calls.ordering(concat.getOrderByElements(), scope);
    return context.calls.call(
        new Calls.Call(
            List.of("group_concat"), arguments, values, concat.isDistinct(), ordering, concat));
  }
}
