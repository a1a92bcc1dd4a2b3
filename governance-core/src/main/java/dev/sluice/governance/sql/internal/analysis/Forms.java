package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.UseRole;
import dev.sluice.governance.sql.internal.functions.FunctionEntry;
import dev.sluice.governance.sql.internal.resolve.Field;
import dev.sluice.governance.sql.internal.resolve.Identifiers;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.Source;
import dev.sluice.governance.sql.internal.resolve.TypeFamily;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.sf.jsqlparser.expression.*;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.select.SelectItem;

/// Special forms: CASE, casts, rows, arrays, and what is written like a function but parsed apart.
final class Forms {
  private final Context context;

  Forms(Context context) {
    this.context = context;
  }

  /// A form that evaluates some of its parts only: whether one of them fails or acts tells about
  /// what decides on it.
  Value conditional(List<Value> deciding, List<Value> decided, Object node) {
    Value conditions = Value.computed(deciding, TypeFamily.UNKNOWN);
    Value results = Value.computed(decided, TypeFamily.UNKNOWN);
    if (conditions.fallible() || results.fallible()) {
      context.use(UseRole.FALLIBLE, conditions, node);
    }
    boolean costs =
        conditions.effectful()
            || results.effectful()
            || conditions.weight() != Value.Weight.LIGHT
            || results.weight() != Value.Weight.LIGHT;
    if (costs) {
      context.use(UseRole.COSTLY, conditions, node);
    }
    List<Value> all = new ArrayList<>(deciding);
    all.addAll(decided);
    context.operators.mixed(decided, node);
    return Value.computed(all, TypeFamily.UNKNOWN)
        .modest(
            !decided.isEmpty()
                && decided.stream()
                    .allMatch(value -> value.modest() || value.type() == TypeFamily.NULL));
  }

  Value cases(CaseExpression cases, Scope scope) {
    List<Value> values = new ArrayList<>();
    List<Value> results = new ArrayList<>();
    boolean searched = cases.getSwitchExpression() == null;
    if (!searched) {
      values.add(context.expressions.evaluate(cases.getSwitchExpression(), scope));
    }
    for (WhenClause when : cases.getWhenClauses()) {
      context.visit(when);
      Value tested = context.expressions.evaluate(when.getWhenExpression(), scope);
      values.add(
          searched
              ? context.operators.condition(tested, when)
              : context.operators.compared(values.get(0), tested, when));
      results.add(context.expressions.evaluate(when.getThenExpression(), scope));
    }
    if (cases.getElseExpression() != null) {
      results.add(context.expressions.evaluate(cases.getElseExpression(), scope));
    }
    TypeFamily type =
        results.stream().map(Value::type).reduce(Forms::common).orElse(TypeFamily.UNKNOWN);
    return conditional(values, results, cases).typed(type);
  }

  private static TypeFamily common(TypeFamily left, TypeFamily right) {
    if (left == right || right == TypeFamily.NULL) {
      return left;
    }
    return left == TypeFamily.NULL ? right : TypeFamily.UNKNOWN;
  }

  Value cast(CastExpression cast, Scope scope) {
    Value value = context.expressions.evaluate(cast.getLeftExpression(), scope);
    context.visitAll(cast.getColDataType());
    String typeName = cast.getColDataType() == null ? "" : cast.getColDataType().toString();
    TypeFamily type = TypeFamily.ofTypeName(typeName);
    Value result = value.derived(type);
    if (namesRelation(typeName, value)) {
      return result;
    }
    boolean total =
        context.dialect == Dialect.SQLITE
            || (total(value.type(), type, typeName) && !chosen(value))
            || value.type() == TypeFamily.NULL;
    return total
        ? result.modest(value.modest() && !value.constant())
        : context.fallible(result, cast);
  }

  /// Numbers, times and documents that no column holds can lie outside what the other type takes.
  private static boolean chosen(Value value) {
    return switch (value.type()) {
      case DATETIME, DECIMAL, JSON -> !value.modest() && !value.sources().isEmpty();
      default -> false;
    };
  }

  private static boolean namesRelation(String typeName, Value value) {
    return value.constant() && value.type() == TypeFamily.NULL && !typeName.isEmpty();
  }

  private boolean total(TypeFamily from, TypeFamily to, String typeName) {
    if (to == TypeFamily.TEXT) {
      return !context.mysql() || typeName.indexOf('(') < 0;
    }
    if (from == to && typeName.indexOf('(') < 0) {
      return from != TypeFamily.UNKNOWN
          && from != TypeFamily.OTHER
          && from != TypeFamily.INTEGER
          && from != TypeFamily.FLOAT
          && from != TypeFamily.ARRAY;
    }
    if (context.mysql() && to == TypeFamily.BINARY) {
      return typeName.indexOf('(') < 0;
    }
    return from == TypeFamily.INTEGER && to == TypeFamily.DECIMAL && typeName.indexOf('(') < 0;
  }

  Value extract(ExtractExpression extract, Scope scope) {
    Value value = context.expressions.evaluate(extract.getExpression(), scope);
    Value result = value.derived(TypeFamily.DECIMAL);
    boolean total =
        value.type() == TypeFamily.DATETIME
            || value.type() == TypeFamily.INTERVAL
            || value.type() == TypeFamily.UNKNOWN && context.dialect == Dialect.POSTGRESQL;
    return total ? result : context.fallible(result, extract);
  }

  Value interval(IntervalExpression interval, Scope scope) {
    if (interval.getExpression() == null) {
      return Value.constant(TypeFamily.INTERVAL);
    }
    Value value = context.expressions.evaluate(interval.getExpression(), scope);
    Value result = value.derived(TypeFamily.INTERVAL);
    return value.sources().isEmpty() ? result : context.fallible(result, interval);
  }

  Value transcoding(TranscodingFunction transcoding, Scope scope) {
    Value value = context.expressions.evaluate(transcoding.getExpression(), scope);
    context.visitAll(transcoding.getColDataType());
    String to = transcoding.getTranscodingName();
    boolean unicode = to != null && Identifiers.lower(to).startsWith("utf8mb4");
    boolean text = value.type() == TypeFamily.TEXT || value.type() == TypeFamily.UNKNOWN;
    Value result = value.derived(TypeFamily.TEXT);
    return unicode && text && value.base() != null ? result : context.fallible(result, transcoding);
  }

  Value trim(TrimFunction trim, Scope scope) {
    return Value.computed(
        context.expressions.all(scope, trim.getExpression(), trim.getFromExpression()),
        TypeFamily.TEXT);
  }

  Value array(ArrayConstructor array, Scope scope) {
    List<Value> values = context.expressions.elements(array.getExpressions(), scope);
    Value result = Value.computed(values, TypeFamily.ARRAY);
    boolean rows = !values.isEmpty() && values.stream().allMatch(value -> value.row() != null);
    if (!rows) {
      return result;
    }
    Value row = values.stream().reduce(Value::either).orElseThrow();
    return result.withRow(row.row());
  }

  Value element(ArrayExpression element, Scope scope) {
    Value array = context.expressions.evaluate(element.getObjExpression(), scope);
    List<Value> places =
        context.expressions.all(
            scope,
            element.getIndexExpression(),
            element.getStartIndexExpression(),
            element.getStopIndexExpression());
    Value index =
        Value.computed(places, TypeFamily.INTEGER).modest(places.stream().allMatch(Value::modest));
    return subscript(array, index, element);
  }

  /// An element of an array, or a part of a text or of JSON; out of range yields NULL.
  Value subscript(Value whole, Value index, Object node) {
    if (context.columns.wholeRowsAreValues()
        || context.dialect == Dialect.ANSI && whole.sources().isEmpty()) {
      Value result = Value.computed(List.of(whole, index), TypeFamily.UNKNOWN);
      if (!index.modest() && !index.constant() && !index.sources().isEmpty()) {
        result = context.fallible(result, node);
      }
      return whole.type() == TypeFamily.ARRAY ? result.withRow(whole.row()) : result;
    }
    return context.fallible(Value.computed(List.of(whole, index), TypeFamily.UNKNOWN), node);
  }

  Value field(RowGetExpression field, Scope scope) {
    Value row = context.expressions.evaluate(field.getExpression(), scope);
    String name = context.identifiers.stored(field.getColumnName());
    return context.columns.fieldOf(row, name);
  }

  /// Values in parentheses.
  Value row(List<Value> values, Object node) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      fields.add(new Field("f" + (i + 1), values.get(i)));
    }
    Value computed = Value.computed(values, TypeFamily.ROW);
    return computed.withRow(fields);
  }

  Value struct(StructType struct, Scope scope) {
    List<Field> fields = new ArrayList<>();
    if (struct.getArguments() == null) {
      throw context.unknownConstruct(struct, "STRUCT");
    }
    for (SelectItem<?> item : struct.getArguments()) {
      context.visit(item);
      Value value = context.expressions.evaluate(item.getExpression(), scope);
      String name = "";
      if (item.getAlias() != null) {
        context.visit(item.getAlias());
        name = context.identifiers.stored(item.getAlias().getName());
      }
      fields.add(new Field(name, value));
    }
    return Value.computed(fields.stream().map(Field::value).toList(), TypeFamily.ROW)
        .withRow(fields);
  }

  Value map(MapExpression map, Scope scope) {
    List<Value> values = new ArrayList<>();
    List<Value> keys = new ArrayList<>();
    for (Map.Entry<Expression, Expression> entry : map.getEntries()) {
      keys.add(context.expressions.evaluate(entry.getKey(), scope));
      values.add(context.expressions.evaluate(entry.getValue(), scope));
    }
    Value allKeys = Value.computed(keys, TypeFamily.UNKNOWN);
    values.addAll(keys);
    Value result = Value.computed(values, TypeFamily.OTHER);
    // Two equal keys are an error, and so is one that is NULL.
    boolean fixed = keys.size() == 1 && keys.getFirst().base() != null;
    return fixed || allKeys.sources().isEmpty() ? result : context.fallible(result, map);
  }

  /// A function written in place: its parameters stand for elements of the other arguments, whose
  /// sources reach the call anyway.
  Value lambda(LambdaExpression lambda, Scope scope) {
    Scope inner = scope.correlated();
    List<Field> parameters = new ArrayList<>();
    for (String name : lambda.getIdentifiers()) {
      parameters.add(new Field(context.identifiers.stored(name), Value.open(TypeFamily.UNKNOWN)));
    }
    inner.add(Source.derived("", parameters));
    Value body = context.expressions.evaluate(lambda.getExpression(), inner);
    return context.fallible(body.derived(TypeFamily.UNKNOWN), lambda).failing();
  }

  /// DuckDB's `[e FOR x IN l IF c]`: the variable stands for an element of the list.
  Value comprehension(List<Expression> arguments, Scope scope) {
    Value list = context.expressions.evaluate(arguments.getFirst(), scope);
    List<Value> values = new ArrayList<>(List.of(list));
    for (Expression argument : arguments.subList(1, arguments.size())) {
      if (!(argument instanceof LambdaExpression lambda)) {
        throw context.unknownConstruct(argument, "FOR");
      }
      context.visit(lambda);
      Scope inner = scope.correlated();
      String name = context.identifiers.stored(lambda.getIdentifiers().getFirst());
      Field variable = new Field(name, list.derived(TypeFamily.UNKNOWN));
      inner.add(Source.derived("", List.of(variable)));
      values.add(context.expressions.evaluate(lambda.getExpression(), inner));
    }
    return Value.computed(values, TypeFamily.ARRAY);
  }

  Value xml(XMLSerializeExpr xml, Scope scope) {
    List<Value> values = context.expressions.all(scope, xml.getExpression());
    if (xml.getOrderByElements() != null) {
      for (OrderByElement element : xml.getOrderByElements()) {
        context.visit(element);
        values.add(context.expressions.evaluate(element.getExpression(), scope));
      }
    }
    return context.fallible(Value.computed(values, TypeFamily.TEXT), xml);
  }

  /// The row that a function yields, where it is known: the elements of an array of rows, or a row
  /// read back from its own JSON form.
  Value composite(FunctionEntry entry, Calls.Call call, Value value) {
    List<Value> arguments = call.values();
    return switch (entry.name()) {
      case "unnest" -> arguments.size() == 1 ? value.withRow(arguments.get(0).row()) : value;
      case "json_populate_record", "jsonb_populate_record" -> populated(call, value);
      case "row_to_json", "to_json", "to_jsonb" ->
          arguments.size() == 1 ? value.withRow(arguments.get(0).row()) : value;
      default -> value;
    };
  }

  private Value populated(Calls.Call call, Value value) {
    boolean sameTable =
        call.arguments().size() == 2
            && call.arguments().get(0) instanceof CastExpression cast
            && call.values().get(1).row() != null
            && sameRelation(String.valueOf(cast.getColDataType()), call.values().get(1));
    if (sameTable) {
      return value.withRow(call.values().get(1).row());
    }
    return context.fallible(value, call.node());
  }

  private boolean sameRelation(String typeName, Value row) {
    String name = context.identifiers.stored(typeName);
    return !row.sources().isEmpty()
        && row.row() != null
        && row.row().stream()
            .allMatch(
                field ->
                    field.value().base() != null
                        && field.value().base().column().equals(field.name())
                        && field.value().base().table().name().equals(name));
  }

  /// Parentheses around a single expression are not a list.
  static Expression unwrapped(Expression expression) {
    Expression inner = expression;
    while (inner instanceof ParenthesedExpressionList<?> list
        && list.size() == 1
        && !(inner instanceof RowConstructor)) {
      inner = list.get(0);
    }
    return inner;
  }

  static boolean isStar(Expression expression) {
    return expression instanceof AllColumns || expression instanceof AllTableColumns;
  }

  static List<Expression> flat(ExpressionList<?> list) {
    List<Expression> flat = new ArrayList<>();
    for (Expression element : list) {
      if (element instanceof ExpressionList<?> nested) {
        flat.addAll(flat(nested));
      } else {
        flat.add(element);
      }
    }
    return flat;
  }
}
