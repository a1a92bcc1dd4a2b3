package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.internal.resolve.Field;
import dev.sluice.governance.sql.internal.resolve.Identifiers;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.Scope.AliasUse;
import dev.sluice.governance.sql.internal.resolve.Source;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.FunctionAllColumns;
import net.sf.jsqlparser.statement.select.SelectItem;
import org.jspecify.annotations.Nullable;

/// Select lists and RETURNING lists: stars expanded, labels computed.
final class SelectLists {
  private final Context context;
  private final Labels labels;

  SelectLists(Context context) {
    this.context = context;
    this.labels = new Labels(context);
  }

  List<Output> outputs(@Nullable List<SelectItem<?>> items, Scope scope) {
    List<Output> outputs = new ArrayList<>();
    if (items == null) {
      return outputs;
    }
    for (SelectItem<?> item : items) {
      context.visit(item);
      if (lateralAliases()) {
        scope.exposeOutputs(Output.fields(outputs), AliasUse.AFTER_COLUMNS);
      }
      outputs.addAll(item(item, scope));
    }
    scope.exposeOutputs(List.of(), AliasUse.NONE);
    return outputs;
  }

  /// Whether an expression can use the alias of one to its left.
  private boolean lateralAliases() {
    return context.dialect == Dialect.DUCKDB || context.dialect == Dialect.ANSI;
  }

  private List<Output> item(SelectItem<?> item, Scope scope) {
    Expression expression = item.getExpression();
    return switch (expression) {
      case FunctionAllColumns all -> functionStar(all, scope);
      case AllTableColumns star -> tableStar(star, scope);
      case AllColumns star -> {
        context.visit(star);
        yield star(star, visible(scope, star), scope);
      }
      case LikeExpression like when Forms.isStar(like.getLeftExpression()) -> matching(like, scope);
      case Function function when columnsFunction(function) -> columns(function, scope);
      default -> List.of(single(item, expression, scope));
    };
  }

  private Output single(SelectItem<?> item, Expression expression, Scope scope) {
    Value value = context.expressions.evaluate(expression, scope);
    String name;
    if (item.getAlias() == null) {
      name = labels.label(expression, scope);
    } else {
      context.visit(item.getAlias());
      name = context.identifiers.stored(item.getAlias().getName());
      if (item.getAlias().getAliasColumns() != null) {
        throw context.unknownConstruct(item, "alias columns");
      }
    }
    return Output.of(name, value, context.span(item));
  }

  private List<Field> visible(Scope scope, Expression star) {
    if (scope.sources().isEmpty()) {
      throw context.refuse(
          "star-without-tables", "There is nothing that * could stand for.", star, "Name columns.");
    }
    List<Field> fields = new ArrayList<>();
    scope.visible().forEach(column -> fields.add(column.field()));
    if (scope.sources().stream().anyMatch(Source::open)) {
      fields.removeIf(field -> field.name().equals("*"));
      fields.add(new Field("*", openStar(scope.sources())));
    }
    return fields;
  }

  private static Value openStar(List<Source> sources) {
    return Value.unknown();
  }

  private List<Output> tableStar(AllTableColumns star, Scope scope) {
    context.visit(star);
    context.visit(star.getTable());
    Source source = sourceOf(star, scope);
    List<Field> fields = new ArrayList<>(source.fields());
    if (source.open()) {
      fields.removeIf(field -> field.name().equals("*"));
      fields.add(new Field("*", Value.unknown()));
    }
    return star(star, fields, scope);
  }

  Source sourceOf(AllTableColumns star, Scope scope) {
    List<String> parts = star.getTable().getNameParts();
    String name = context.identifiers.stored(parts.get(0));
    String schema = parts.size() > 1 ? context.identifiers.stored(parts.get(1)) : null;
    Source source = parts.size() > 2 ? null : scope.source(schema, name);
    if (source == null) {
      throw context.refuse(
          "unknown-table",
          "There is no table or alias " + name + " in this FROM clause.",
          star,
          "Use the alias that the FROM clause gives.");
    }
    return source;
  }

  private List<Output> star(AllColumns star, List<Field> fields, Scope scope) {
    Span span = context.span(star);
    List<Output> outputs = new ArrayList<>();
    List<String> except = exceptNames(star);
    for (Field field : fields) {
      if (except.stream().noneMatch(name -> context.identifiers.same(name, field.name()))) {
        outputs.add(new Output(field, span));
      }
    }
    if (except.size() > 0 && fields.stream().anyMatch(field -> field.name().equals("*"))) {
      throw context.unknownConstruct(star, "EXCEPT");
    }
    replace(star, outputs, scope);
    return outputs;
  }

  private List<String> exceptNames(AllColumns star) {
    List<String> names = new ArrayList<>();
    if (star.getExceptColumns() != null) {
      context.visit(star.getExceptColumns());
      for (Column column : star.getExceptColumns()) {
        context.visit(column);
        if (column.getTable() != null && !column.getTable().getNameParts().isEmpty()) {
          throw context.unknownConstruct(star, "EXCEPT");
        }
        names.add(context.identifiers.stored(column.getColumnName()));
      }
    }
    return names;
  }

  private void replace(AllColumns star, List<Output> outputs, Scope scope) {
    if (star.getReplaceExpressions() == null) {
      return;
    }
    for (SelectItem<?> item : star.getReplaceExpressions()) {
      context.visit(item);
      if (item.getAlias() == null) {
        throw context.unknownConstruct(item, "REPLACE");
      }
      context.visit(item.getAlias());
      Value value = context.expressions.evaluate(item.getExpression(), scope);
      String name = context.identifiers.stored(item.getAlias().getName());
      boolean found = false;
      for (int i = 0; i < outputs.size(); i++) {
        if (context.identifiers.same(outputs.get(i).field().name(), name)) {
          outputs.set(i, Output.of(outputs.get(i).field().name(), value, context.span(item)));
          found = true;
        }
      }
      if (!found) {
        throw context.unknownConstruct(item, "REPLACE");
      }
    }
  }

  /// `(f(x)).*`, where the row that f yields is known.
  private List<Output> functionStar(FunctionAllColumns all, Scope scope) {
    context.visit(all);
    Value value = context.expressions.evaluate(all.getFunction(), scope);
    List<Field> row = value.row();
    if (row == null) {
      throw context.unknownConstruct(all, "(...).*");
    }
    Span span = context.span(all);
    return row.stream()
        .map(field -> Output.of(field.name(), field.value().influencedBy(value), span))
        .toList();
  }

  private List<Output> matching(LikeExpression like, Scope scope) {
    boolean plain =
        context.dialect == Dialect.DUCKDB
            && like.getRightExpression() instanceof StringValue
            && like.getEscape() == null
            && like.getLeftExpression() instanceof AllColumns star
            && !(star instanceof AllTableColumns);
    if (!plain) {
      throw context.unknownConstruct(like, "*");
    }
    context.visit(like);
    context.visit(like.getRightExpression());
    AllColumns star = (AllColumns) like.getLeftExpression();
    context.visit(star);
    String pattern = ((StringValue) like.getRightExpression()).getValue();
    StringBuilder regex = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
    }
    int flags =
        like.getLikeKeyWord() == LikeExpression.KeyWord.ILIKE ? Pattern.CASE_INSENSITIVE : 0;
    Predicate<String> matches = Pattern.compile(regex.toString(), flags).asMatchPredicate();
    return named(star, scope, like.isNot() ? matches.negate() : matches, like);
  }

  private boolean columnsFunction(Function function) {
    return context.dialect == Dialect.DUCKDB
        && function.getMultipartName().size() == 1
        && Identifiers.lower(function.getName()).equals("columns");
  }

  private List<Output> columns(Function function, Scope scope) {
    context.visit(function);
    context.calls.visitArguments(function);
    List<Expression> arguments = Calls.argumentsOf(function);
    if (arguments.size() == 1 && arguments.get(0) instanceof StringValue pattern) {
      context.visit(pattern);
      try {
        return named(function, scope, Pattern.compile(pattern.getValue()).asPredicate(), function);
      } catch (PatternSyntaxException e) {
        throw context.unknownConstruct(function, "COLUMNS");
      }
    }
    if (arguments.size() == 1
        && arguments.get(0) instanceof AllColumns star
        && !(star instanceof AllTableColumns)) {
      context.visit(star);
      return star(star, visible(scope, star), scope);
    }
    throw context.unknownConstruct(function, "COLUMNS");
  }

  private List<Output> named(
      Expression star, Scope scope, Predicate<String> chosen, Expression node) {
    List<Output> outputs = new ArrayList<>();
    for (Field field : visible(scope, star)) {
      if (field.name().equals("*")) {
        throw context.unknownConstruct(node, "*");
      }
      if (chosen.test(field.name())) {
        outputs.add(new Output(field, context.span(node)));
      }
    }
    if (outputs.isEmpty()) {
      throw context.unknownConstruct(node, "no column matches");
    }
    return outputs;
  }

  /// The outputs of a RETURNING list.
  List<Output> returning(List<SelectItem<?>> items, Scope scope) {
    return outputs(items, scope);
  }

  static boolean named(Table table) {
    return table != null && !table.getNameParts().isEmpty();
  }
}
