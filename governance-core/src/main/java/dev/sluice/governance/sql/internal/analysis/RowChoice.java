package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.internal.resolve.Identifiers;
import dev.sluice.governance.sql.internal.resolve.Misunderstood;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.Scope.Resolution;
import dev.sluice.governance.sql.internal.resolve.Source;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.expression.*;
import net.sf.jsqlparser.expression.operators.arithmetic.Addition;
import net.sf.jsqlparser.expression.operators.arithmetic.Modulo;
import net.sf.jsqlparser.expression.operators.arithmetic.Subtraction;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.*;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import org.jspecify.annotations.Nullable;

/// Whether conditions choose among the rows of one table. Only what is listed here does.
final class RowChoice {
  /// Functions under which a column can still be told apart by an inequality.
  private static final Set<String> ORDERED =
      Set.of(
          "date",
          "datetime",
          "date_trunc",
          "strftime",
          "lower",
          "upper",
          "trim",
          "substr",
          "substring",
          "year",
          "month",
          "day",
          "extract",
          "date_part",
          "julianday",
          "unixepoch",
          "to_char",
          "date_format",
          "round",
          "cast");

  private final Context context;
  private final Source target;
  private final Scope scope;

  RowChoice(Context context, Source target, Scope scope) {
    this.context = context;
    this.target = target;
    this.scope = scope;
  }

  /// Whether the condition, or its negation, chooses among the target's rows.
  boolean filters(Expression condition, boolean negated) {
    Expression inner = Forms.unwrapped(condition);
    return switch (inner) {
      case NotExpression not -> filters(not.getExpression(), !negated);
      case AndExpression and ->
          negated
              ? every(parts(and, true), true)
              : parts(and, true).stream().anyMatch(part -> filters(part, false));
      case OrExpression or ->
          negated
              ? parts(or, false).stream().anyMatch(part -> filters(part, true))
              : every(parts(or, false), false);
      case ComparisonOperator comparison -> comparison(comparison, negated);
      case Between between ->
          column(between.getLeftExpression())
              && apart(between.getBetweenExpressionStart())
              && apart(between.getBetweenExpressionEnd())
              && (between.isNot() == negated || inOrder(between));
      case InExpression in -> in(in, in.isNot() != negated);
      case ExistsExpression exists -> exists(exists, exists.isNot() != negated);
      case IsNullExpression isNull -> isNull(isNull, isNull.isNot() != negated);
      case LikeExpression like ->
          column(like.getLeftExpression())
              && like.getRightExpression() instanceof StringValue pattern
              && selective(pattern.getValue(), like.getLikeKeyWord());
      case RegExpMatchOperator match ->
          column(match.getLeftExpression())
              && match.getRightExpression() instanceof StringValue pattern
              && literalPattern(pattern.getValue());
      case IsBooleanExpression is -> plainColumn(is.getLeftExpression());
      case IsDistinctExpression distinct ->
          column(distinct.getLeftExpression())
              && independent(distinct.getRightExpression())
              && !(distinct.getRightExpression() instanceof NullValue);
      case Column column -> plainColumn(column);
      default -> false;
    };
  }

  private List<Expression> parts(BinaryExpression joined, boolean and) {
    List<Expression> parts = new ArrayList<>();
    for (Expression side : List.of(joined.getLeftExpression(), joined.getRightExpression())) {
      Expression inner = Forms.unwrapped(side);
      boolean same = and ? inner instanceof AndExpression : inner instanceof OrExpression;
      if (same) {
        parts.addAll(parts((BinaryExpression) inner, and));
      } else {
        parts.add(inner);
      }
    }
    return parts;
  }

  /// Alternatives filter if each does and no two of them can cover everything together.
  private boolean every(List<Expression> alternatives, boolean negated) {
    if (!alternatives.stream().allMatch(part -> filters(part, negated))) {
      return false;
    }
    long open = alternatives.stream().filter(part -> !bounded(part, negated)).count();
    return open == 0 || (open == 1 && alternatives.size() == 1) || differentColumns(alternatives);
  }

  /// A test that holds for named values only.
  private boolean bounded(Expression part, boolean negated) {
    return !negated
        && switch (Forms.unwrapped(part)) {
          case EqualsTo equals -> true;
          case InExpression in ->
              !in.isNot() && in.getRightExpression() instanceof ExpressionList<?>;
          case Between between -> !between.isNot();
          case LikeExpression like -> !like.isNot();
          case AndExpression and ->
              parts(and, true).stream()
                  .anyMatch(inner -> filters(inner, false) && bounded(inner, false));
          default -> false;
        };
  }

  private boolean differentColumns(List<Expression> alternatives) {
    List<String> names = new ArrayList<>();
    for (Expression alternative : alternatives) {
      if (!(Forms.unwrapped(alternative) instanceof ComparisonOperator comparison)) {
        return false;
      }
      Column column = firstColumn(comparison);
      if (column == null) {
        return false;
      }
      names.add(Identifiers.lower(context.identifiers.stored(column.getColumnName())));
    }
    return names.stream().distinct().count() == names.size();
  }

  private @Nullable Column firstColumn(ComparisonOperator comparison) {
    for (Expression side :
        List.of(comparison.getLeftExpression(), comparison.getRightExpression())) {
      if (Forms.unwrapped(side) instanceof Column column && plainColumn(column)) {
        return column;
      }
    }
    return null;
  }

  private boolean comparison(ComparisonOperator comparison, boolean negated) {
    Expression left = comparison.getLeftExpression();
    Expression right = comparison.getRightExpression();
    return side(left, right, comparison, negated) || side(right, left, comparison, negated);
  }

  private boolean side(
      Expression mine, Expression other, ComparisonOperator comparison, boolean negated) {
    boolean equality = comparison instanceof EqualsTo && !negated;
    Expression tested = Forms.unwrapped(mine);
    if (tested instanceof ParenthesedExpressionList<?> row && row.size() > 1) {
      return equality && row.stream().anyMatch(this::plainColumn) && independent(other);
    }
    if (!(equality ? column(tested) : ordered(tested)) || other instanceof NullValue) {
      return false;
    }
    if (plainColumn(other) || !independent(other) || quantified(other, equality)) {
      return false;
    }
    return equality || !readsTarget(other);
  }

  /// `= ANY` is like IN; any other comparison with ANY or ALL can hold for every row.
  private static boolean quantified(Expression other, boolean equality) {
    Expression inner = Forms.unwrapped(other);
    if (inner instanceof AnyComparisonExpression any) {
      return !equality || any.getAnyType() == AnyType.ALL;
    }
    if (inner instanceof Function function) {
      String name = Identifiers.lower(function.getName());
      return name.equals("all") || (!equality && (name.equals("any") || name.equals("some")));
    }
    return false;
  }

  /// Nothing in it has to do with the target table.
  private boolean apart(Expression expression) {
    return !dependsOnTarget(expression) && !readsTarget(expression);
  }

  private static boolean inOrder(Between between) {
    return between.getBetweenExpressionStart() instanceof LongValue start
        && between.getBetweenExpressionEnd() instanceof LongValue end
        && start.getStringValue().length() < 18
        && end.getStringValue().length() < 18
        && start.getValue() <= end.getValue();
  }

  private boolean in(InExpression in, boolean negated) {
    Expression tested = Forms.unwrapped(in.getLeftExpression());
    boolean columns =
        tested instanceof ParenthesedExpressionList<?> row && row.size() > 1
            ? row.stream().anyMatch(this::plainColumn)
            : column(tested);
    if (!columns) {
      return false;
    }
    Expression set = Forms.unwrapped(in.getRightExpression());
    if (set instanceof Select select) {
      return chooses(select, negated, true);
    }
    return set instanceof ExpressionList<?> list
        && !list.isEmpty()
        && list.stream().allMatch(this::apart);
  }

  private boolean exists(ExistsExpression exists, boolean negated) {
    return exists.getRightExpression() instanceof Select select
        && dependsOnTarget(select)
        && chooses(select, negated, false);
  }

  /// Whether belonging to a subquery's rows says something about the target's row.
  private boolean chooses(Select select, boolean negated, boolean compared) {
    Select inner = select;
    while (inner instanceof net.sf.jsqlparser.statement.select.ParenthesedSelect parenthesed) {
      inner = parenthesed.getSelect();
    }
    if (!(inner instanceof PlainSelect plain)) {
      return false;
    }
    if (plain.getGroupBy() != null || plain.getHaving() != null || plain.getLimit() != null) {
      return false;
    }
    if (!readsTarget(select)) {
      return compared
          ? plain.getFromItem() != null && (!negated || constantFree(plain.getWhere()))
          : constantFree(plain.getWhere()) && plain.getWhere() != null;
    }
    return !negated && plain.getWhere() != null && hasLiteralTest(plain.getWhere());
  }

  /// No part of the condition is decided without looking at a row.
  private boolean constantFree(@Nullable Expression where) {
    if (where == null) {
      return true;
    }
    Expression inner = Forms.unwrapped(where);
    return switch (inner) {
      case AndExpression and -> parts(and, true).stream().allMatch(this::constantFree);
      case OrExpression or -> parts(or, false).stream().allMatch(this::constantFree);
      case ComparisonOperator comparison ->
          hasColumn(comparison.getLeftExpression()) || hasColumn(comparison.getRightExpression());
      case InExpression in -> hasColumn(in.getLeftExpression());
      case LikeExpression like -> hasColumn(like.getLeftExpression());
      case IsNullExpression isNull -> hasColumn(isNull.getLeftExpression());
      case Between between -> hasColumn(between.getLeftExpression());
      case NotExpression not -> constantFree(not.getExpression());
      case Column column -> true;
      default -> false;
    };
  }

  private static boolean hasColumn(Expression expression) {
    return Forms.unwrapped(expression) instanceof Column
        || (expression instanceof Function function
            && Calls.argumentsOf(function).stream().anyMatch(RowChoice::hasColumn));
  }

  private static boolean hasLiteralTest(Expression where) {
    Expression inner = Forms.unwrapped(where);
    return switch (inner) {
      case AndExpression and ->
          hasLiteralTest(and.getLeftExpression()) || hasLiteralTest(and.getRightExpression());
      case EqualsTo equals -> literalSides(equals);
      case GreaterThan greater -> literalSides(greater);
      case GreaterThanEquals greater -> literalSides(greater);
      case MinorThan less -> literalSides(less);
      case MinorThanEquals less -> literalSides(less);
      case InExpression in ->
          !in.isNot()
              && Forms.unwrapped(in.getLeftExpression()) instanceof Column
              && in.getRightExpression() instanceof ExpressionList<?>;
      default -> false;
    };
  }

  private static boolean literalSides(BinaryExpression comparison) {
    return (hasColumn(comparison.getLeftExpression()) && literal(comparison.getRightExpression()))
        || (hasColumn(comparison.getRightExpression()) && literal(comparison.getLeftExpression()));
  }

  private static boolean literal(Expression expression) {
    return expression instanceof StringValue
        || expression instanceof LongValue
        || expression instanceof DoubleValue
        || expression instanceof JdbcParameter
        || expression instanceof JdbcNamedParameter
        || expression instanceof DateTimeLiteralExpression;
  }

  private boolean isNull(IsNullExpression isNull, boolean negated) {
    if (!plainColumn(isNull.getLeftExpression())) {
      return false;
    }
    return !negated || nullable((Column) Forms.unwrapped(isNull.getLeftExpression()));
  }

  /// Whether the catalog says that the column can be NULL; it does not say so by default.
  private boolean nullable(Column column) {
    TableRef table = target.table();
    if (table == null) {
      return false;
    }
    String name = context.identifiers.stored(column.getColumnName());
    return context
        .catalog
        .catalog()
        .find(table)
        .filter(relation -> !relation.primaryKey().isEmpty())
        .stream()
        .flatMap(relation -> nullableColumns(relation).stream())
        .anyMatch(nullable -> context.identifiers.same(nullable, name));
  }

  private static List<String> nullableColumns(Relation relation) {
    return relation.columns().stream()
        .filter(column -> column.nullable() && !relation.primaryKey().contains(column.name()))
        .map(dev.sluice.governance.catalog.CatalogColumn::name)
        .toList();
  }

  private boolean selective(String pattern, LikeExpression.KeyWord keyWord) {
    return switch (keyWord) {
      case LIKE, ILIKE -> pattern.chars().anyMatch(c -> c != '%' && c != '_');
      case RLIKE, REGEXP, REGEXP_LIKE, SIMILAR_TO -> literalPattern(pattern);
      case MATCH_ANY, MATCH_ALL, MATCH_PHRASE, MATCH_PHRASE_PREFIX, MATCH_REGEXP -> false;
    };
  }

  private static boolean literalPattern(String pattern) {
    return pattern.matches("\\^?[\\p{L}\\p{N} @_-]+\\$?");
  }

  /// A column of the target, or a function of one.
  private boolean column(Expression expression) {
    Expression inner = Forms.unwrapped(expression);
    return switch (inner) {
      case Column column -> plainColumn(column);
      case CastExpression cast -> column(cast.getLeftExpression());
      case CollateExpression collate -> column(collate.getLeftExpression());
      case ExtractExpression extract -> column(extract.getExpression());
      case Function function -> ordered(function);
      case Addition sum -> column(sum.getLeftExpression()) && independent(sum.getRightExpression());
      case Subtraction difference ->
          column(difference.getLeftExpression()) && independent(difference.getRightExpression());
      case Modulo modulo ->
          column(modulo.getLeftExpression()) && literal(modulo.getRightExpression());
      default -> false;
    };
  }

  private boolean ordered(Expression expression) {
    Expression inner = Forms.unwrapped(expression);
    if (inner instanceof Function function) {
      return ORDERED.contains(Identifiers.lower(function.getName()))
          && Calls.argumentsOf(function).stream().anyMatch(this::column);
    }
    return !(inner instanceof Modulo) && column(inner);
  }

  private boolean plainColumn(Expression expression) {
    if (!(Forms.unwrapped(expression) instanceof Column column)
        || column.getArrayConstructor() != null) {
      return false;
    }
    String name = context.identifiers.stored(column.getColumnName());
    Resolution resolution =
        SelectLists.named(column.getTable())
            ? scope.column(null, context.identifiers.stored(column.getTable().getName()), name)
            : scope.column(name);
    return resolution instanceof Resolution.Found found && found.owner() == target;
  }

  /// Nothing in it depends on the target's row, nor on another reading of the target table.
  private boolean independent(Expression expression) {
    return !dependsOnTarget(expression) && (!readsTarget(expression) || selects(expression));
  }

  private boolean selects(Expression expression) {
    return Forms.unwrapped(expression) instanceof Select;
  }

  private boolean dependsOnTarget(Expression expression) {
    context.columns.watch(target);
    int before = context.columns.targetReferences();
    Value value = quietValue(expression);
    return value == null || context.columns.targetReferences() > before;
  }

  private boolean readsTarget(Expression expression) {
    Value value = quietValue(expression);
    TableRef table = target.table();
    if (value == null || table == null) {
      return true;
    }
    boolean flows =
        value.sources().stream().anyMatch(column -> column.table().equals(table))
            || value.declassified().stream().anyMatch(column -> column.table().equals(table));
    return flows || tablesRead(expression).contains(table);
  }

  private @Nullable Value quietValue(Expression expression) {
    try {
      return context.quietly(() -> context.expressions.evaluate(expression, scope));
    } catch (Misunderstood e) {
      return null;
    }
  }

  private Set<TableRef> tablesRead(Expression expression) {
    if (!(Forms.unwrapped(expression) instanceof Select)) {
      return Set.of();
    }
    return context.quietly(
        () -> {
          context.findings.forgetTables();
          context.expressions.evaluate(expression, scope);
          return Set.copyOf(context.findings.tables());
        });
  }
}
