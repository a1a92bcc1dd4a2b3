package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.UseRole;
import dev.sluice.governance.sql.internal.SystemVariables;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.TypeFamily;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.expression.*;
import net.sf.jsqlparser.expression.operators.relational.*;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import org.jspecify.annotations.Nullable;

/// The value of any expression: one rule for each class of node, and a refusal for every other.
final class Expressions {
  private static final Set<String> AGGREGATES = Set.of("count", "min", "max", "sum", "avg");

  private static final int LONGEST_MODEST_NUMBER = 9;
  private static final Value CHOSEN_TEXT = Value.constant(TypeFamily.TEXT).modest(false);
  private static final Value CHOSEN_TIME = Value.constant(TypeFamily.DATETIME).modest(false);
  private static final Value PARAMETER = Value.constant(TypeFamily.UNKNOWN).modest(false);

  private final Context context;

  Expressions(Context context) {
    this.context = context;
  }

  /// A number of the statement. A long one may be there to make a computation overflow.
  private static Value number(String text, TypeFamily type) {
    Value number = Value.constant(type);
    boolean small =
        text.length() <= LONGEST_MODEST_NUMBER && text.indexOf('e') < 0 && text.indexOf('E') < 0;
    return small ? number : number.modest(false);
  }

  Value evaluate(Expression expression, Scope scope) {
    context.visit(expression);
    return switch (expression) {
      case Column column -> context.columns.resolve(column, scope);
      case StringValue text -> CHOSEN_TEXT;
      case LongValue number -> number(number.getStringValue(), TypeFamily.INTEGER);
      case DoubleValue number -> number(number.toString(), TypeFamily.DECIMAL);
      case HexValue hex -> Value.constant(TypeFamily.BINARY);
      case NullValue none -> Value.constant(TypeFamily.NULL);
      case BooleanValue truth -> truth(truth, scope);
      case DateValue date -> CHOSEN_TIME;
      case TimeValue time -> CHOSEN_TIME;
      case TimestampValue time -> CHOSEN_TIME;
      case DateTimeLiteralExpression time -> CHOSEN_TIME;
      case DateUnitExpression unit -> dateUnit(unit, scope);
      case TimeKeyExpression key -> Value.open(TypeFamily.DATETIME);
      case JdbcParameter parameter -> PARAMETER;
      case JdbcNamedParameter parameter -> PARAMETER;
      case NumericBind parameter -> PARAMETER;
      case UserVariable variable -> userVariable(variable, scope);
      case VariableAssignment assignment -> assignment(assignment, scope);
      case BinaryExpression binary -> context.operators.binary(binary, scope);
      case Between between -> context.operators.between(between, scope);
      case InExpression in -> context.operators.in(in, scope);
      case ExistsExpression exists -> context.operators.exists(exists, scope);
      case IsNullExpression isNull -> context.operators.isNull(isNull, scope);
      case IsBooleanExpression is -> truth(List.of(evaluate(is.getLeftExpression(), scope)));
      case IsUnknownExpression is -> truth(List.of(evaluate(is.getLeftExpression(), scope)));
      case MemberOfExpression member ->
          context.fallible(
              truth(all(scope, member.getLeftExpression(), member.getRightExpression())), member);
      case FullTextSearch search -> fullText(search, scope);
      case OverlapsCondition overlaps -> truth(all(scope, overlaps.getLeft(), overlaps.getRight()));
      case AnyComparisonExpression any -> rows(any.getSelect(), scope);
      case NotExpression not ->
          context
              .operators
              .condition(evaluate(not.getExpression(), scope), not)
              .derived(TypeFamily.BOOLEAN);
      case SignedExpression signed -> context.operators.signed(signed, scope);
      case Inverse inverse -> context.operators.bitwiseNot(inverse, scope);
      case CollateExpression collate -> {
        Value value = evaluate(collate.getLeftExpression(), scope);
        yield value;
      }
      case TimezoneExpression zone -> timezone(zone, scope);
      case CaseExpression cases -> context.forms.cases(cases, scope);
      case TernaryExpression ternary ->
          context.forms.conditional(
              all(scope, ternary.getCondition()),
              all(scope, ternary.getThenExpression(), ternary.getElseExpression()),
              ternary);
      case CastExpression cast -> context.forms.cast(cast, scope);
      case ExtractExpression extract -> context.forms.extract(extract, scope);
      case IntervalExpression interval -> context.forms.interval(interval, scope);
      case TranscodingFunction transcoding -> context.forms.transcoding(transcoding, scope);
      case TrimFunction trim -> context.forms.trim(trim, scope);
      case ArrayConstructor array -> context.forms.array(array, scope);
      case ArrayExpression element -> context.forms.element(element, scope);
      case RangeExpression range ->
          Value.computed(
              all(scope, range.getStartExpression(), range.getEndExpression()), TypeFamily.UNKNOWN);
      case RowGetExpression field -> context.forms.field(field, scope);
      case StructType struct -> context.forms.struct(struct, scope);
      case MapExpression map -> context.forms.map(map, scope);
      case LambdaExpression lambda -> context.forms.lambda(lambda, scope);
      case XMLSerializeExpr xml -> context.forms.xml(xml, scope);
      case NextValExpression next -> {
        context.findings.effect(EffectKind.CALL, "nextval");
        yield Value.open(TypeFamily.INTEGER).acting();
      }
      case JsonExpression json -> context.jsonForms.path(json, scope);
      case JsonFunction json -> context.jsonForms.function(json, scope);
      case JsonAggregateFunction json -> context.jsonForms.aggregate(json, scope);
      case PostgresNamedFunctionParameter named -> evaluate(named.getExpression(), scope);
      case OracleNamedFunctionParameter named -> evaluate(named.getExpression(), scope);
      case AnalyticExpression analytic -> context.windows.analytic(analytic, scope);
      case MySQLGroupConcat concat -> context.windows.groupConcat(concat, scope);
      case JsonTableFunction table -> throw context.unknownConstruct(table, "JSON_TABLE");
      case XmlTableFunction table -> throw context.unknownConstruct(table, "XMLTABLE");
      case Function function -> context.calls.function(function, scope);
      case Select select -> subquery(select, scope);
      case ExpressionList<?> list -> list(list, scope);
      case AllTableColumns star when context.columns.wholeRowsAreValues() -> {
        context.visit(star.getTable());
        yield context.columns.wholeRow(context.selectLists.sourceOf(star, scope), star);
      }
      case AliasedExpression named -> {
        context.visit(named.getAlias());
        yield evaluate(named.getExpression(), scope);
      }
      case AllColumns star -> throw context.unknownConstruct(star, "*");
      default -> throw context.unknownConstruct(expression);
    };
  }

  /// The values of several expressions; null ones are left out.
  List<Value> all(Scope scope, @Nullable Expression... expressions) {
    List<Value> values = new ArrayList<>();
    for (Expression expression : expressions) {
      if (expression != null) {
        values.add(evaluate(expression, scope));
      }
    }
    return values;
  }

  /// The values of the elements of a list that may be missing.
  List<Value> elements(@Nullable ExpressionList<?> list, Scope scope) {
    List<Value> values = new ArrayList<>();
    if (list != null) {
      context.visit(list);
      for (Expression element : list) {
        values.add(evaluate(element, scope));
      }
    }
    return values;
  }

  static Value truth(List<Value> values) {
    return Value.computed(values, TypeFamily.BOOLEAN);
  }

  /// A subquery as a value: its only column, or all of them as a row. More than one row is an
  /// error.
  Value subquery(Select select, Scope scope) {
    Value value = rows(select, scope);
    return context.dialect == Dialect.SQLITE || oneRow(select) ? value : value.failing();
  }

  private static boolean oneRow(Select select) {
    Select inner = select;
    while (inner instanceof ParenthesedSelect parenthesed) {
      inner = parenthesed.getSelect();
    }
    return inner instanceof PlainSelect plain
        && (plain.getFromItem() == null
            || (plain.getLimit() != null
                && plain.getLimit().getRowCount() instanceof LongValue count
                && count.getStringValue().equals("1"))
            || (plain.getGroupBy() == null
                && plain.getSelectItems().size() == 1
                && plain.getSelectItem(0).getExpression() instanceof Function function
                && AGGREGATES.contains(
                    dev.sluice.governance.sql.internal.resolve.Identifiers.lower(
                        function.getName()))));
  }

  /// A subquery as the values of its rows.
  Value rows(Select select, Scope scope) {
    List<Value> values =
        context.queries.query(select, scope.correlated()).stream()
            .map(output -> output.field().value())
            .toList();
    Value.Weight weight = Value.Weight.QUERY;
    if (values.size() == 1) {
      Value only = values.get(0).weighing(weight);
      return only.constant() ? only.influencedBy(Value.open(TypeFamily.NULL)) : only.withoutBase();
    }
    return Value.computed(values, TypeFamily.ROW).weighing(weight);
  }

  private Value list(ExpressionList<?> list, Scope scope) {
    if (list.size() == 1 && !(list instanceof RowConstructor)) {
      return evaluate(list.get(0), scope);
    }
    return context.forms.row(elements(list, scope), list);
  }

  /// In SQLite a column may be called true.
  private Value truth(BooleanValue truth, Scope scope) {
    String name = truth.getValue() ? "true" : "false";
    return context.dialect == Dialect.SQLITE
            && !(scope.column(name) instanceof Scope.Resolution.Missing)
        ? context.columns.resolve(new Column(name), scope)
        : Value.constant(TypeFamily.BOOLEAN);
  }

  /// A word such as `day` is a unit only where no column has that name.
  private Value dateUnit(DateUnitExpression unit, Scope scope) {
    String name = context.identifiers.stored(nameOf(unit));
    return scope.column(name) instanceof Scope.Resolution.Missing
        ? Value.constant(TypeFamily.TEXT)
        : context.columns.resolve(new Column(nameOf(unit)), scope);
  }

  static String nameOf(DateUnitExpression unit) {
    return dev.sluice.governance.sql.AsciiCase.lower(unit.getType().name());
  }

  private Value userVariable(UserVariable variable, Scope scope) {
    if (wordOperator() && !variable.isDoubleAdd()) {
      // Here @ is an operator, the absolute value of what follows.
      Column operand = new Column(variable.getName());
      Value value = context.columns.resolve(operand, scope);
      return value.derived(value.type());
    }
    if (context.dialect == Dialect.SQLITE || context.dialect == Dialect.SQLSERVER) {
      return PARAMETER;
    }
    if (!context.mysql()) {
      throw context.unknownConstruct(variable, "@");
    }
    if (variable.isDoubleAdd() && SystemVariables.shown(variable.getName())) {
      context.findings.effect(EffectKind.SHOW, SystemVariables.named(context.source(variable)));
      return Value.open(TypeFamily.UNKNOWN);
    }
    context.findings.effect(EffectKind.SESSION, SystemVariables.named(context.source(variable)));
    return Value.open(TypeFamily.UNKNOWN);
  }

  private boolean wordOperator() {
    return context.dialect == Dialect.POSTGRESQL || context.dialect == Dialect.DUCKDB;
  }

  private Value assignment(VariableAssignment assignment, Scope scope) {
    context.visit(assignment.getVariable());
    Value value = evaluate(assignment.getExpression(), scope);
    context.findings.effect(
        EffectKind.SESSION, SystemVariables.named(context.source(assignment.getVariable())));
    context.use(UseRole.COPY, value, assignment);
    return value.derived(value.type()).acting();
  }

  private Value fullText(FullTextSearch search, Scope scope) {
    List<Value> values = elements(search.getMatchColumns(), scope);
    values.addAll(all(scope, search.getAgainstValue()));
    return Value.computed(values, TypeFamily.FLOAT);
  }

  private Value timezone(TimezoneExpression zone, Scope scope) {
    List<Value> values = new ArrayList<>();
    if (zone.getTimezoneExpressions() instanceof ExpressionList<?> list) {
      values.addAll(elements(list, scope));
    }
    values.add(evaluate(zone.getLeftExpression(), scope));
    return context.fallible(Value.computed(values, TypeFamily.DATETIME), zone);
  }
}
