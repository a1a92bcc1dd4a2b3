package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.UseRole;
import dev.sluice.governance.sql.internal.resolve.Field;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.Scope.AliasUse;
import dev.sluice.governance.sql.internal.resolve.Source;
import dev.sluice.governance.sql.internal.resolve.TypeFamily;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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
  private static final List<String> DESCRIBED =
      List.of("column_name", "column_type", "null", "key", "default", "extra");
  private static final List<String> SUMMARIZED =
      List.of(
          "column_name",
          "column_type",
          "min",
          "max",
          "approx_unique",
          "avg",
          "std",
          "q25",
          "q50",
          "q75",
          "count",
          "null_percentage");
  private static final Set<String> SUMMARIZED_VALUES =
      Set.of("min", "max", "approx_unique", "avg", "std", "q25", "q50", "q75");

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
      case Function function when context.columnChoices.isChoice(function) ->
          context.columnChoices.outputs(function, scope);
      case Function function when summary(function) -> summary(function, scope);
      default ->
          context.columnChoices.within(expression)
              ? context.columnChoices.expanded(expression, scope)
              : List.of(single(item, expression, scope));
    };
  }

  private boolean summary(Function function) {
    return context.dialect == Dialect.DUCKDB
        && (function.getName().startsWith("sluice_summary")
            || function.getName().startsWith("sluice_description"));
  }

  /// What SUMMARIZE and DESCRIBE show of their columns, one row for each.
  private List<Output> summary(Function function, Scope scope) {
    boolean names = function.getName().startsWith("sluice_description");
    context.visit(function);
    context.calls.visitArguments(function);
    Calls.argumentsOf(function).forEach(context::visit);
    Value any =
        Value.computed(
            visible(scope, function).stream().map(Field::value).toList(), TypeFamily.TEXT);
    Value open = Value.open(TypeFamily.TEXT);
    Span span = context.span(function);
    List<Output> outputs = new ArrayList<>();
    if (names) {
      for (String name : DESCRIBED) {
        outputs.add(Output.of(name, open, span));
      }
      return outputs;
    }
    // It sorts the values and counts the different ones.
    context.use(UseRole.DISTINCT, any, function);
    for (String name : SUMMARIZED) {
      outputs.add(Output.of(name, SUMMARIZED_VALUES.contains(name) ? any : open, span));
    }
    return outputs;
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
    List<Field> struct = structFields(star, scope);
    if (struct != null) {
      return star(star, struct, scope);
    }
    Source source = sourceOf(star, scope);
    List<Field> fields = new ArrayList<>(source.fields());
    if (source.open()) {
      fields.removeIf(field -> field.name().equals("*"));
      fields.add(new Field("*", Value.unknown()));
    }
    return star(star, fields, scope);
  }

  /// DuckDB's `s.*` where s is a column whose fields are known.
  private @Nullable List<Field> structFields(AllTableColumns star, Scope scope) {
    List<String> parts = star.getTable().getNameParts();
    String name = context.identifiers.stored(parts.get(0));
    return context.dialect == Dialect.DUCKDB
            && parts.size() == 1
            && scope.source(null, name) == null
            && scope.column(name) instanceof Scope.Resolution.Found found
        ? found.value().row()
        : null;
  }

  Source sourceOf(AllTableColumns star, Scope scope) {
    List<String> parts = star.getTable().getNameParts();
    String name = context.identifiers.stored(parts.get(0));
    boolean trino = context.dialect == Dialect.TRINO;
    String schema =
        parts.size() == 1
            ? null
            : trino
                ? context.relations.schemaOf(parts, star)
                : context.identifiers.stored(parts.get(1));
    Source source = parts.size() > 2 && !trino ? null : scope.source(schema, name);
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
      if (item.getExpression() instanceof Function function
          && function.getName().equals("sluice_renamed")) {
        rename(function, item, outputs);
        continue;
      }
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

  private void rename(Function function, SelectItem<?> item, List<Output> outputs) {
    context.visit(function);
    context.calls.visitArguments(function);
    if (!(Calls.argumentsOf(function).getFirst() instanceof Column column)) {
      throw context.unknownConstruct(item, "RENAME");
    }
    context.visitAll(column);
    String old = context.identifiers.stored(column.getColumnName());
    String name = context.identifiers.stored(item.getAlias().getName());
    for (int i = 0; i < outputs.size(); i++) {
      Output output = outputs.get(i);
      if (context.identifiers.same(output.field().name(), old)) {
        outputs.set(i, Output.of(name, output.field().value(), output.span()));
        return;
      }
    }
    throw context.unknownConstruct(item, "RENAME");
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
    boolean rowItself = all.getFunction().getName().equals("sluice_row");
    return row.stream()
        .map(
            field ->
                rowItself
                    ? Output.of(field.name(), field.value(), span)
                    : Output.of(field.name(), field.value().influencedBy(value), span))
        .toList();
  }

  /// The pattern of LIKE or ILIKE, NOT left aside.
  static Predicate<String> like(LikeExpression like, String pattern) {
    StringBuilder regex = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
    }
    int flags =
        like.getLikeKeyWord() == LikeExpression.KeyWord.ILIKE ? Pattern.CASE_INSENSITIVE : 0;
    return Pattern.compile(regex.toString(), flags).asMatchPredicate();
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
    Predicate<String> matches = like(like, ((StringValue) like.getRightExpression()).getValue());
    return named(star, scope, like.isNot() ? matches.negate() : matches, like);
  }

  /// A star in a place of its own, as in `COLUMNS(*)`.
  List<Output> star(AllColumns star, Scope scope) {
    context.visit(star);
    return star(star, visible(scope, star), scope);
  }

  List<Output> named(Expression star, Scope scope, Predicate<String> chosen, Expression node) {
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
