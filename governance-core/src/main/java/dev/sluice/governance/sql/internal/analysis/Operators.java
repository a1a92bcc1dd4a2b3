package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.UseRole;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.TypeFamily;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Inverse;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.operators.arithmetic.*;
import net.sf.jsqlparser.expression.operators.conditional.*;
import net.sf.jsqlparser.expression.operators.relational.*;
import net.sf.jsqlparser.statement.select.Select;

/// Operators: what they yield, and on which values they can fail in which engine.
final class Operators {
  /// Operators on JSON, arrays, ranges and full text that fail on no value.
  private static final Set<String> TOTAL =
      Set.of("@>", "<@", "?", "?|", "?&", "&&", "@@", "||", "@?", "-|-", "<<|", "|>>");

  private static final Pattern REPEATED_GROUP = Pattern.compile("\\)[*+{?]");

  private final Context context;

  Operators(Context context) {
    this.context = context;
  }

  Value binary(BinaryExpression binary, Scope scope) {
    List<Value> values = new ArrayList<>();
    values.add(context.expressions.evaluate(binary.getLeftExpression(), scope));
    values.add(context.expressions.evaluate(binary.getRightExpression(), scope));
    return switch (binary) {
      case AndExpression and -> joined(values, and);
      case OrExpression or -> joined(values, or);
      case XorExpression xor -> joined(values, xor);
      case ComparisonOperator comparison -> comparison(comparison, values);
      case Concat concat -> concat(concat, values);
      case LikeExpression like -> like(like, values, scope);
      case RegExpMatchOperator match -> pattern(match, values);
      case SimilarToExpression similar -> pattern(similar, values);
      case IsDistinctExpression distinct -> Expressions.truth(values);
      case JsonOperator json -> json(json, values);
      case Matches matches -> Expressions.truth(values);
      case Intersects intersects -> context.fallible(Expressions.truth(values), intersects);
      case Addition plus -> arithmetic(plus, values, false);
      case Subtraction minus -> arithmetic(minus, values, false);
      case Multiplication times -> arithmetic(times, values, false);
      case Division division -> arithmetic(division, values, true);
      case IntegerDivision division -> arithmetic(division, values, true);
      case Modulo modulo -> arithmetic(modulo, values, true);
      case BitwiseAnd bits -> bitwise(bits, values);
      case BitwiseOr bits -> bitwise(bits, values);
      case BitwiseXor bits -> bitwise(bits, values);
      case BitwiseLeftShift bits -> bitwise(bits, values);
      case BitwiseRightShift bits -> bitwise(bits, values);
      default -> throw context.unknownConstruct(binary, binary.getStringExpression());
    };
  }

  private Value joined(List<Value> operands, BinaryExpression node) {
    List<Value> conditions = operands.stream().map(value -> condition(value, node)).toList();
    return context.forms.conditional(conditions, List.of(), node).derived(TypeFamily.BOOLEAN);
  }

  /// A value taken as a condition: where text is converted for that, some text fails.
  Value condition(Value value, Object node) {
    boolean converted =
        converting()
            && !value.sources().isEmpty()
            && (value.type() == TypeFamily.TEXT || value.type() == TypeFamily.UNKNOWN);
    return converted ? context.fallible(value, node) : value;
  }

  /// The second of two values that are compared.
  Value compared(Value first, Value second, Object node) {
    if (coerces(first, second)) {
      context.fallible(Value.computed(List.of(first, second), TypeFamily.BOOLEAN), node);
      return second.failing();
    }
    return second;
  }

  private boolean converting() {
    return context.mysql()
        || context.dialect == Dialect.DUCKDB
        || context.dialect == Dialect.SQLSERVER;
  }

  /// Values of which one is taken: SQL Server converts text among numbers, and shows what it
  /// cannot.
  void mixed(List<Value> values, Object node) {
    if (context.dialect != Dialect.SQLSERVER) {
      return;
    }
    boolean converts =
        values.stream().anyMatch(Operators::number) && values.stream().anyMatch(Operators::text);
    if (converts) {
      context.fallible(Value.computed(values, TypeFamily.UNKNOWN), node);
    }
  }

  /// Something as long as the statement says, put together with a value: running out of memory
  /// would tell how long the value is, or what is in it.
  void lengthening(List<Value> values, Object node) {
    if (values.stream().anyMatch(value -> value.weight() == Value.Weight.CHOSEN)) {
      context.use(UseRole.COSTLY, Value.computed(values, TypeFamily.UNKNOWN), node);
    }
  }

  private Value comparison(ComparisonOperator comparison, List<Value> values) {
    Value result = Expressions.truth(values);
    return coerces(values.get(0), values.get(1)) ? context.fallible(result, comparison) : result;
  }

  /// Whether comparing these makes the engine convert text to a number, with an error or a warning
  /// for text that is none.
  boolean coerces(Value left, Value right) {
    return converting() && (text(left) && number(right) || text(right) && number(left));
  }

  private static boolean text(Value value) {
    return value.type() == TypeFamily.TEXT
        || (value.type() == TypeFamily.UNKNOWN && !value.sources().isEmpty());
  }

  private static boolean number(Value value) {
    return value.type().numeric();
  }

  private Value concat(Concat concat, List<Value> values) {
    Value result = Value.computed(values, TypeFamily.TEXT);
    lengthening(values, concat);
    result = context.calls.grown(result, values, false, concat);
    // Without a special mode, || is a logical OR here, and text is converted to a number.
    return context.mysql() ? context.fallible(result, concat) : result;
  }

  private Value like(LikeExpression like, List<Value> values, Scope scope) {
    boolean unsure = !wholePattern(like);
    if (like.getEscape() != null) {
      Value escape = context.expressions.evaluate(like.getEscape(), scope);
      values.add(escape);
      unsure |= !escape.constant();
    }
    if (unsure) {
      context.fallible(Expressions.truth(values), like);
    }
    return switch (like.getLikeKeyWord()) {
      case LIKE, ILIKE, RLIKE, REGEXP, REGEXP_LIKE, SIMILAR_TO -> pattern(like, values);
      case MATCH_ANY, MATCH_ALL, MATCH_PHRASE, MATCH_PHRASE_PREFIX, MATCH_REGEXP ->
          throw context.unknownConstruct(like, like.getLikeKeyWord().name());
    };
  }

  /// A pattern that ends with its escape character is an error, but only for a text that matches as
  /// far as that.
  private boolean wholePattern(LikeExpression like) {
    boolean checked =
        switch (context.dialect) {
          case POSTGRESQL, DUCKDB, TRINO, ANSI -> true;
          case MYSQL, MARIADB, SQLITE, SQLSERVER -> false;
        };
    boolean patterned =
        switch (like.getLikeKeyWord()) {
          case LIKE, ILIKE -> true;
          default -> false;
        };
    if (!checked || !patterned) {
      return true;
    }
    String escape = context.dialect == Dialect.POSTGRESQL ? "\\" : "";
    if (like.getEscape() != null) {
      if (!(like.getEscape() instanceof net.sf.jsqlparser.expression.StringValue text)) {
        return false;
      }
      escape = text.getValue();
    }
    if (escape.isEmpty()) {
      return true;
    }
    if (!(like.getRightExpression() instanceof net.sf.jsqlparser.expression.StringValue pattern)) {
      return like.getRightExpression() instanceof net.sf.jsqlparser.schema.Column
          || like.getEscape() == null;
    }
    int escapes = 0;
    // A backslash at the end is spelt so in the text that the parser reads.
    String text = pattern.getValue().replace("\\x5c", "\\");
    while (text.endsWith(escape)) {
      escapes++;
      text = text.substring(0, text.length() - escape.length());
    }
    return escapes % 2 == 0;
  }

  /// A pattern that comes from a column can be malformed and sets how long matching takes.
  private Value pattern(BinaryExpression match, List<Value> values) {
    Value result = Expressions.truth(values);
    Value pattern = values.get(1);
    if (slow(match.getRightExpression())) {
      context.use(UseRole.COSTLY, result, match);
    }
    if (!pattern.sources().isEmpty()) {
      context.use(UseRole.COSTLY, pattern, match);
      return context.fallible(result, match);
    }
    return result;
  }

  /// A pattern with a repeated group can take a time that depends on the text.
  static boolean slow(Expression pattern) {
    return pattern instanceof net.sf.jsqlparser.expression.StringValue text
        && REPEATED_GROUP.matcher(text.getValue()).find();
  }

  private Value json(JsonOperator json, List<Value> values) {
    if (!TOTAL.contains(json.getStringExpression())) {
      return context.fallible(Value.computed(values, TypeFamily.UNKNOWN), json);
    }
    return Value.computed(values, TypeFamily.UNKNOWN);
  }

  private Value arithmetic(BinaryExpression operation, List<Value> values, boolean divides) {
    Value left = values.get(0);
    Value right = values.get(1);
    Value result = Value.computed(values, arithmeticType(left.type(), right.type()));
    boolean total =
        context.dialect == Dialect.SQLITE
            || (!divides && result.constant())
            || (!divides && cannotOverflow(left, right))
            || (divides
                && safeDivisor(operation.getRightExpression())
                && cannotOverflow(left, right));
    boolean modest = left.modest() && right.modest() && (!scales(operation) || stored(left, right));
    return total ? result.modest(modest) : context.fallible(result, operation);
  }

  private static boolean scales(BinaryExpression operation) {
    return operation instanceof Multiplication || operation instanceof Division;
  }

  /// A column with a column or with a number: multiplied once, not over and over.
  private static boolean stored(Value left, Value right) {
    return (left.base() != null || left.constant()) && (right.base() != null || right.constant());
  }

  private static boolean safeDivisor(Expression divisor) {
    return switch (divisor) {
      case net.sf.jsqlparser.expression.LongValue number -> !number.getStringValue().matches("0+");
      case net.sf.jsqlparser.expression.DoubleValue number -> number.getValue() != 0;
      default -> false;
    };
  }

  private boolean cannotOverflow(Value left, Value right) {
    boolean decimal =
        (left.type() == TypeFamily.DECIMAL && exact(right))
            || (right.type() == TypeFamily.DECIMAL && exact(left));
    boolean chosen =
        (!left.modest() || !right.modest())
            && !left.sources().isEmpty() | !right.sources().isEmpty();
    return decimal
        && !chosen
        && (context.dialect == Dialect.POSTGRESQL
            || context.mysql()
            || context.dialect == Dialect.ANSI);
  }

  private static boolean exact(Value value) {
    return value.type() == TypeFamily.DECIMAL || value.type() == TypeFamily.INTEGER;
  }

  private static TypeFamily arithmeticType(TypeFamily left, TypeFamily right) {
    if (left == right) {
      return left;
    }
    if (left.numeric() && right.numeric()) {
      return left == TypeFamily.FLOAT || right == TypeFamily.FLOAT
          ? TypeFamily.FLOAT
          : TypeFamily.DECIMAL;
    }
    return left == TypeFamily.DATETIME || right == TypeFamily.DATETIME
        ? TypeFamily.DATETIME
        : TypeFamily.UNKNOWN;
  }

  private Value bitwise(BinaryExpression operation, List<Value> values) {
    Value result = Value.computed(values, TypeFamily.INTEGER);
    boolean total =
        context.dialect == Dialect.SQLITE
            || result.constant()
            || values.stream().allMatch(value -> value.type() == TypeFamily.INTEGER);
    return total ? result : context.fallible(result, operation);
  }

  Value signed(SignedExpression signed, Scope scope) {
    Value value = context.expressions.evaluate(signed.getExpression(), scope);
    if (signed.getSign() == '~') {
      return bits(value, signed);
    }
    if (signed.getSign() == '+' && !context.mysql()) {
      return value.derived(value.type()).modest(value.modest());
    }
    Value result = value.derived(value.type()).modest(value.modest());
    boolean converts =
        !value.constant()
            && (value.type() == TypeFamily.TEXT
                || (value.type() == TypeFamily.UNKNOWN && context.mysql())
                || !value.modest() && !value.sources().isEmpty());
    return converts && context.dialect != Dialect.SQLITE
        ? context.fallible(result, signed)
        : result;
  }

  Value bitwiseNot(Inverse inverse, Scope scope) {
    return bits(context.expressions.evaluate(inverse.getExpression(), scope), inverse);
  }

  private Value bits(Value value, Expression node) {
    Value result = value.derived(TypeFamily.INTEGER);
    boolean total =
        context.dialect == Dialect.SQLITE || value.constant() || value.type() == TypeFamily.INTEGER;
    return total ? result : context.fallible(result, node);
  }

  Value between(Between between, Scope scope) {
    return Expressions.truth(
        context.expressions.all(
            scope,
            between.getLeftExpression(),
            between.getBetweenExpressionStart(),
            between.getBetweenExpressionEnd()));
  }

  Value in(InExpression in, Scope scope) {
    List<Value> values = context.expressions.all(scope, in.getLeftExpression());
    Value left = values.get(0);
    if (in.getRightExpression() instanceof ExpressionList<?> list) {
      values.addAll(context.expressions.elements(list, scope));
    } else if (in.getRightExpression() instanceof Select select) {
      context.visit(select);
      values.add(context.expressions.rows(select, scope));
    } else {
      values.add(context.expressions.evaluate(in.getRightExpression(), scope));
    }
    Value result = Expressions.truth(values);
    boolean converting = values.stream().anyMatch(value -> coerces(left, value));
    return converting ? context.fallible(result, in) : result;
  }

  /// Whether rows exist: what the subquery selects does not reach the result, its clauses are uses.
  Value exists(ExistsExpression exists, Scope scope) {
    if (!(exists.getRightExpression() instanceof Select select)) {
      throw context.unknownConstruct(exists, "EXISTS");
    }
    context.visit(select);
    context.queries.query(select, scope.correlated());
    return Value.open(TypeFamily.BOOLEAN).weighing(Value.Weight.QUERY);
  }

  Value isNull(IsNullExpression isNull, Scope scope) {
    Value value = context.expressions.evaluate(isNull.getLeftExpression(), scope);
    if (value.base() == null) {
      return value.derived(TypeFamily.BOOLEAN);
    }
    context.use(UseRole.DECLASSIFIED, value, isNull);
    return value.declassify(TypeFamily.BOOLEAN);
  }
}
