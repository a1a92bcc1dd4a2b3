package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.UseRole;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.TypeFamily;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.JsonAggregateFunction;
import net.sf.jsqlparser.expression.JsonExpression;
import net.sf.jsqlparser.expression.JsonFunction;
import net.sf.jsqlparser.expression.JsonFunctionExpression;
import net.sf.jsqlparser.expression.JsonKeyValuePair;
import net.sf.jsqlparser.statement.select.OrderByElement;
import org.jspecify.annotations.Nullable;

/// JSON operators and constructors.
final class JsonForms {
  private final Context context;

  JsonForms(Context context) {
    this.context = context;
  }

  Value path(JsonExpression json, Scope scope) {
    List<Value> values = new ArrayList<>();
    Value document = context.expressions.evaluate(json.getExpression(), scope);
    values.add(document);
    for (Map.Entry<Expression, String> step : json.getIdentList()) {
      values.add(context.expressions.evaluate(step.getKey(), scope));
    }
    Value result = Value.computed(values, TypeFamily.UNKNOWN);
    // PostgreSQL's operators take JSON only; the others parse text, and say so when they cannot.
    boolean total = context.dialect == Dialect.POSTGRESQL || document.type() == TypeFamily.JSON;
    return total ? result : context.fallible(result, json);
  }

  Value function(JsonFunction json, Scope scope) {
    List<Value> values = new ArrayList<>();
    List<Value> keys = new ArrayList<>();
    for (JsonKeyValuePair pair : json.getKeyValuePairs()) {
      context.visit(pair);
      List<Value> key = part(pair.getKey(), scope);
      key(key, json);
      keys.addAll(key);
      values.addAll(key);
      values.addAll(part(pair.getValue(), scope));
    }
    if (unique(json)) {
      context.use(UseRole.FALLIBLE, Value.computed(keys, TypeFamily.TEXT), json);
    }
    for (JsonFunctionExpression expression : json.getExpressions()) {
      context.visit(expression);
      Value element = context.expressions.evaluate(expression.getExpression(), scope);
      if (context.dialect == Dialect.SQLITE) {
        // A blob cannot stand in JSON.
        key(List.of(element), json);
      }
      values.add(element);
    }
    if (json.getInputExpression() != null) {
      context.visit(json.getInputExpression());
      values.add(context.expressions.evaluate(json.getInputExpression().getExpression(), scope));
    }
    values.addAll(context.expressions.all(scope, json.getJsonPathExpression()));
    for (Expression passing : json.getPassingExpressions()) {
      values.add(context.expressions.evaluate(passing, scope));
    }
    behavior(json.getOnEmptyBehavior(), scope, values);
    behavior(json.getOnErrorBehavior(), scope, values);
    context.visitAll(json.getReturningType());
    Value result = Value.computed(values, TypeFamily.JSON);
    context.findings.function("json_" + json.getType().name().toLowerCase(java.util.Locale.ROOT));
    return switch (json.getType()) {
      case OBJECT, ARRAY, POSTGRES_OBJECT, MYSQL_OBJECT ->
          json.getReturningType() == null ? result : context.fallible(result, json);
      case VALUE, QUERY, EXISTS -> context.fallible(result, json);
    };
  }

  /// A key that is NULL is an error; that a column is NULL may be told.
  private void key(List<Value> key, Object node) {
    for (Value value : key) {
      if (!value.constant() && value.base() == null) {
        context.use(UseRole.FALLIBLE, value, node);
      }
    }
  }

  /// `WITH UNIQUE KEYS`: two equal keys are an error.
  private static boolean unique(Expression json) {
    return json.toString().toUpperCase(java.util.Locale.ROOT).contains("WITH UNIQUE");
  }

  private void behavior(
      JsonFunction.@Nullable JsonOnResponseBehavior behavior, Scope scope, List<Value> values) {
    if (behavior != null) {
      context.visit(behavior);
      values.addAll(context.expressions.all(scope, behavior.getExpression()));
    }
  }

  /// A key or value: an expression, or the text of a literal or of a column.
  private List<Value> part(@Nullable Object part, Scope scope) {
    if (part instanceof Expression expression) {
      return List.of(context.expressions.evaluate(expression, scope));
    }
    if (part instanceof String text) {
      if (text.startsWith("'")) {
        return List.of(Value.constant(TypeFamily.TEXT));
      }
      net.sf.jsqlparser.schema.Column column = column(text);
      return List.of(context.columns.resolve(column, scope));
    }
    return List.of();
  }

  private static net.sf.jsqlparser.schema.Column column(String text) {
    int dot = text.lastIndexOf('.');
    return dot < 0
        ? new net.sf.jsqlparser.schema.Column(text)
        : new net.sf.jsqlparser.schema.Column(
            new net.sf.jsqlparser.schema.Table(text.substring(0, dot)), text.substring(dot + 1));
  }

  Value aggregate(JsonAggregateFunction json, Scope scope) {
    List<Value> values = new ArrayList<>(context.expressions.all(scope, json.getExpression()));
    List<Value> key = part(json.getKey(), scope);
    key(key, json);
    if (unique(json)) {
      context.use(UseRole.FALLIBLE, Value.computed(key, TypeFamily.TEXT), json);
    }
    values.addAll(key);
    values.addAll(part(json.getValue(), scope));
    Value result =
        Value.computed(values, TypeFamily.JSON).influencedBy(Value.open(TypeFamily.JSON));
    if (json.getExpressionOrderByElements() != null) {
      Value ordering = context.calls.ordering(json.getExpressionOrderByElements(), scope);
      context.use(UseRole.ORDER, ordering, json);
      result = result.influencedBy(ordering);
    }
    result = over(json, scope, result);
    return context.windows.filtered(result, json.getFilterExpression(), scope);
  }

  private Value over(JsonAggregateFunction json, Scope scope, Value result) {
    if (json.getWindowElement() != null) {
      throw context.unknownConstruct(json, "OVER");
    }
    Value value = result;
    if (json.getPartitionExpressionList() != null) {
      for (Expression key : json.getPartitionExpressionList()) {
        Value keyValue = context.expressions.evaluate(key, scope);
        context.use(UseRole.WINDOW, keyValue, key);
        value = value.influencedBy(keyValue);
      }
    }
    if (json.getOrderByElements() != null) {
      List<OrderByElement> elements = json.getOrderByElements();
      Value keys = context.calls.ordering(elements, scope);
      context.use(UseRole.WINDOW, keys, json);
      value = value.influencedBy(keys);
    }
    return value;
  }
}
