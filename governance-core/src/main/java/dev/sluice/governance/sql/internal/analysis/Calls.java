package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.catalog.DeclaredFunction;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.UseRole;
import dev.sluice.governance.sql.internal.functions.FunctionEntry;
import dev.sluice.governance.sql.internal.functions.FunctionEntry.Kind;
import dev.sluice.governance.sql.internal.resolve.Field;
import dev.sluice.governance.sql.internal.resolve.Identifiers;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.Source;
import dev.sluice.governance.sql.internal.resolve.TypeFamily;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.HexValue;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.select.Select;
import org.jspecify.annotations.Nullable;

/// Calls of functions, built in or not.
final class Calls {

  /// What a call looks like, whichever node it came from.
  ///
  /// @param written name as written, with its schema
  /// @param arguments the nodes of its arguments
  /// @param values their values
  record Call(
      List<String> written,
      List<Expression> arguments,
      List<Value> values,
      boolean distinct,
      Value ordering,
      Expression node) {}

  private static final int LONGEST_SIZE = 4;

  /// Functions that can make a text longer.
  private static final Set<String> GROWING =
      Set.of("replace", "repeat", "regexp_replace", "translate", "list_resize", "replicate");

  /// Functions whose first argument says how wide the others are shown.
  private static final Set<String> WIDTHS = Set.of("format", "printf", "sformat");

  private static final Pattern WIDE = Pattern.compile("[0-9]{5,}");
  private static final Pattern IDENTIFIER = Pattern.compile("%[^%a-zA-Z]*I");

  /// Functions of modest values that yield one.
  private static final Set<String> MODEST =
      Set.of(
          "coalesce",
          "ifnull",
          "nvl",
          "isnull",
          "if",
          "iif",
          "nullif",
          "greatest",
          "least",
          "min",
          "max",
          "sum",
          "avg",
          "mean",
          "median",
          "abs",
          "ceil",
          "ceiling",
          "floor",
          "round",
          "trunc",
          "truncate",
          "sign",
          "first",
          "last",
          "any_value",
          "arbitrary",
          "lag",
          "lead",
          "first_value",
          "last_value",
          "row_to_json",
          "to_json",
          "to_jsonb",
          "json_build_object",
          "jsonb_build_object",
          "json_build_array",
          "jsonb_build_array",
          "json_agg",
          "jsonb_agg",
          "json_object_agg",
          "jsonb_object_agg",
          "array_agg",
          "array_to_json");

  private final Context context;
  private final FunctionNames names;

  Calls(Context context) {
    this.context = context;
    this.names = new FunctionNames(context);
  }

  Value function(Function function, Scope scope) {
    List<String> name = function.getMultipartName();
    String last = Identifiers.lower(name.get(name.size() - 1));
    if (name.size() == 1) {
      switch (last) {
        case "array" -> {
          if (argumentsOf(function).size() == 1
              && argumentsOf(function).get(0) instanceof Select select) {
            visitArguments(function);
            context.visit(select);
            return context.expressions.rows(select, scope).typed(TypeFamily.ARRAY);
          }
        }
        case "row" -> {
          visitArguments(function);
          return context.forms.row(values(argumentsOf(function), scope), function);
        }
        case "sluice_row", "sluice_lambda" -> {
          visitArguments(function);
          return context
              .expressions
              .all(scope, argumentsOf(function).toArray(Expression[]::new))
              .getLast();
        }
        case "columns" -> {
          Value chosen = context.columnChoices.current(function);
          if (chosen != null) {
            context.visitAll(function);
            return chosen;
          }
        }
        case "sluice_prefix_binary" -> {
          visitArguments(function);
          return Value.computed(values(argumentsOf(function), scope), TypeFamily.TEXT);
        }
        case "sluice_comprehension" -> {
          visitArguments(function);
          return context.forms.comprehension(argumentsOf(function), scope);
        }
        case "nextval", "lastval", "setval" -> {
          List<Expression> sequence = argumentsOf(function);
          if (context.mysql() && sequence.size() == 1 && sequence.getFirst() instanceof Column) {
            visitArguments(function);
            context.visitAll(sequence.getFirst());
            context.findings.effect(EffectKind.CALL, last);
            return Value.open(TypeFamily.INTEGER).acting();
          }
        }
        case "any", "some", "all" -> {
          visitArguments(function);
          return Value.computed(values(argumentsOf(function), scope), TypeFamily.UNKNOWN);
        }
        default -> {
          if (last.startsWith("sluice_prefix_set")) {
            visitArguments(function);
            argumentsOf(function).forEach(context::visitAll);
            return Value.constant(TypeFamily.TEXT);
          }
        }
      }
    }
    visitArguments(function);
    keywordArguments(function);
    boolean named = function.getExtraKeyword() != null;
    if (named
        && !(last.equals("xmlelement") && argumentsOf(function).getFirst() instanceof Column)) {
      throw context.unknownConstruct(function, function.getExtraKeyword());
    }
    Value ordering = ordering(function.getOrderByElements(), scope);
    if (function.getLimit() != null) {
      context.visit(function.getLimit());
      context.queries.limit(function.getLimit().getRowCount(), scope);
      context.queries.limit(function.getLimit().getOffset(), scope);
    }
    List<Expression> arguments = argumentsOf(function);
    if (named) {
      // The name of the XML element stands first.
      context.visitAll(arguments.getFirst());
      arguments = arguments.subList(1, arguments.size());
    }
    List<Value> values = new ArrayList<>();
    if (function.isAllColumns() || star(arguments)) {
      arguments.forEach(context::visit);
      values = starValues(last, function, scope);
      arguments = List.of();
    } else {
      values = values(arguments, scope);
    }
    return call(
        new Call(
            name,
            arguments,
            values,
            function.isDistinct() || function.isUnique(),
            ordering,
            function));
  }

  /// `SEPARATOR ','` and `USING utf8mb4`: a literal and the name of a character set.
  private void keywordArguments(Function function) {
    if (function.getKeywordArguments() == null) {
      return;
    }
    for (Function.KeywordArgument argument : function.getKeywordArguments()) {
      context.visit(argument);
      boolean literal =
          Identifiers.lower(argument.getKeyword()).equals("separator")
              && (argument.getExpression() instanceof StringValue
                  || argument.getExpression() instanceof HexValue);
      boolean characterSet =
          Identifiers.lower(argument.getKeyword()).equals("using")
              && argument.getExpression() instanceof Column name
              && name.getTable() == null;
      if (!literal && !characterSet) {
        throw context.unknownConstruct(function, argument.getKeyword());
      }
      context.visit(argument.getExpression());
    }
  }

  /// What a star stands for as an argument: nothing for `count`, all columns for any other.
  List<Value> starValues(String lowerName, Expression node, Scope scope) {
    if (lowerName.equals("count") || lowerName.equals("count_big")) {
      return List.of();
    }
    if (context.dialect != Dialect.DUCKDB) {
      throw context.unknownConstruct(node, "*");
    }
    return scope.visible().stream().map(column -> column.field().value()).toList();
  }

  static boolean star(List<Expression> arguments) {
    return arguments.size() == 1
        && arguments.get(0) instanceof AllColumns
        && !(arguments.get(0) instanceof AllTableColumns);
  }

  static List<Expression> argumentsOf(Function function) {
    ExpressionList<?> list =
        function.getParameters() != null ? function.getParameters() : function.getNamedParameters();
    return list == null ? List.of() : new ArrayList<>(list);
  }

  void visitArguments(Function function) {
    if (function.getParameters() != null) {
      context.visit(function.getParameters());
    }
    if (function.getNamedParameters() != null) {
      context.visit(function.getNamedParameters());
    }
  }

  /// The values of arguments, where `c.*` stands for the columns of c.
  List<Value> values(List<? extends Expression> arguments, Scope scope) {
    List<Value> values = new ArrayList<>();
    for (Expression argument : arguments) {
      if (argument instanceof AllTableColumns star) {
        context.visit(star);
        context.visit(star.getTable());
        Source source = context.selectLists.sourceOf(star, scope);
        values.add(context.columns.wholeRow(source, star));
      } else {
        values.add(context.expressions.evaluate(argument, scope));
      }
    }
    return values;
  }

  /// The sort keys inside a call, as one value.
  Value ordering(@Nullable List<OrderByElement> elements, Scope scope) {
    List<Value> keys = new ArrayList<>();
    if (elements != null) {
      for (OrderByElement element : elements) {
        context.visit(element);
        keys.add(context.expressions.evaluate(element.getExpression(), scope));
      }
    }
    return Value.computed(keys, TypeFamily.UNKNOWN);
  }

  Value call(Call call) {
    String schema =
        call.written().size() > 1
            ? context.identifiers.stored(call.written().get(call.written().size() - 2))
            : "";
    String last = context.identifiers.stored(call.written().get(call.written().size() - 1));
    String lower = Identifiers.lower(last);
    String shown = schema.isEmpty() ? lower : schema + "." + lower;
    context.findings.function(shown);
    boolean builtinSchema =
        schema.isEmpty()
            || (context.dialect == Dialect.POSTGRESQL && schema.equals("pg_catalog"))
            || (context.dialect == Dialect.DUCKDB && Identifiers.lower(schema).equals("system"));
    Optional<FunctionEntry> builtin =
        builtinSchema && names.builtinSpelling(last, lower)
            ? context.builtins.find(lower)
            : Optional.empty();
    List<DeclaredFunction> declared = names.declared(schema, last);
    if (builtin.isPresent()
        && FunctionNames.fits(builtin.get(), call.values())
        && !(schema.isEmpty() && FunctionNames.shadowed(builtin.get(), declared, call.values()))) {
      return builtin(builtin.get(), call);
    }
    Optional<DeclaredFunction> vouched =
        declared.stream().filter(DeclaredFunction::pure).findFirst();
    if (vouched.isPresent() && declared.stream().allMatch(DeclaredFunction::pure)) {
      Value value = withOrdering(call, Value.computed(call.values(), TypeFamily.UNKNOWN));
      boolean total = declared.stream().allMatch(DeclaredFunction::total);
      return total ? value : context.fallible(value, call.node());
    }
    return unknown(call, shown, last);
  }

  private Value unknown(Call call, String shown, String name) {
    if (call.values().size() == 1 && call.values().get(0).row() != null) {
      for (Field field : call.values().get(0).row()) {
        if (context.identifiers.same(field.name(), name)) {
          return field.value();
        }
      }
    }
    Value value =
        withOrdering(call, Value.computed(call.values(), TypeFamily.UNKNOWN)).acting().failing();
    context.findings.effect(EffectKind.CALL, shown);
    context.use(UseRole.UNKNOWN_FUNCTION, value, call.node());
    context.findings.unknown(
        context
            .refuse(
                "unknown-function",
                "What the function " + shown + " reads and does is not known here.",
                call.node(),
                "Use a built-in function, or ask the policy's owner to declare this one under"
                    + " functions.")
            .refusal());
    // What it reads by itself is not known; the common dialect has no functions of its own.
    return context.dialect == Dialect.ANSI ? value : value.influencedBy(Value.unknown());
  }

  private Value builtin(FunctionEntry entry, Call call) {
    act(entry, call);
    for (int i = 0; i < call.values().size(); i++) {
      if (entry.costly(i)) {
        context.use(UseRole.COSTLY, call.values().get(i), call.node());
      }
      if (entry.rows(i) && !fixedShape(call.arguments(), i)) {
        context.use(UseRole.ROWS, call.values().get(i), call.node());
      }
    }
    if (entry.kind() == Kind.AGGREGATE || call.distinct()) {
      return aggregate(entry, call);
    }
    Value value = Value.computed(call.values(), resultType(entry, call));
    value = withOrdering(call, value);
    if (entry.conditional() && !call.values().isEmpty()) {
      conditional(entry, call);
    }
    context.operators.lengthening(call.values(), call.node());
    value = grown(value, call.values(), GROWING.contains(entry.name()), call.node());
    if (chosenSize(entry, call)) {
      context.use(UseRole.COSTLY, value, call.node());
      value = value.weighing(Value.Weight.CHOSEN);
    }
    value = value.modest(modest(entry, call));
    patterns(entry, call);
    if (changes(entry)) {
      value = value.acting();
    } else if (entry.action() == FunctionEntry.Action.VOLATILE) {
      value = value.influencedBy(Value.open(TypeFamily.UNKNOWN));
    }
    value = context.forms.composite(entry, call, value);
    return failing(entry, call, value);
  }

  private void conditional(FunctionEntry entry, Call call) {
    if (entry.name().equals("choose")) {
      context.forms.conditional(
          call.values().subList(0, 1), call.values().subList(1, call.values().size()), call.node());
      return;
    }
    if (entry.name().equals("if") || entry.name().equals("iif")) {
      context.operators.condition(call.values().getFirst(), call.node());
      context.forms.conditional(
          call.values().subList(0, 1), call.values().subList(1, call.values().size()), call.node());
      return;
    }
    // Whether a column is NULL may be told, so it decides nothing that matters, nor does the last.
    List<Value> deciding = new ArrayList<>();
    List<Value> rest = new ArrayList<>();
    for (int i = 0; i < call.values().size(); i++) {
      boolean decides = call.values().get(i).base() == null && i + 1 < call.values().size();
      (decides ? deciding : rest).add(call.values().get(i));
    }
    context.forms.conditional(deciding, rest, call.node());
    context.operators.mixed(call.values(), call.node());
  }

  /// Whether an argument sets the size of the result, and is not a small number.
  private static boolean chosenSize(FunctionEntry entry, Call call) {
    for (int i = 0; i < call.arguments().size(); i++) {
      if (entry.costly(i)) {
        boolean harmless =
            switch (call.arguments().get(i)) {
              case LongValue number -> number.getStringValue().length() <= LONGEST_SIZE;
              case StringValue text -> true;
              default -> false;
            };
        if (!harmless) {
          return true;
        }
      }
    }
    return WIDTHS.contains(entry.name())
        && !call.arguments().isEmpty()
        && call.arguments().getFirst() instanceof StringValue format
        && WIDE.matcher(format.getValue()).find();
  }

  /// A text that gets some times longer: once is common, over and over it runs out of memory for
  /// some values only.
  Value grown(Value result, List<Value> parts, boolean grows, Object node) {
    boolean longer = grows;
    for (int i = 0; i < parts.size() && !longer; i++) {
      for (int j = i + 1; j < parts.size() && !longer; j++) {
        longer = !java.util.Collections.disjoint(parts.get(i).sources(), parts.get(j).sources());
      }
    }
    if (!longer || result.sources().isEmpty()) {
      return result;
    }
    if (result.weight().compareTo(Value.Weight.GROWN) >= 0) {
      context.use(UseRole.COSTLY, result, node);
    }
    return result.weighing(Value.Weight.GROWN);
  }

  /// Whether the result is as modest as the arguments.
  private static boolean modest(FunctionEntry entry, Call call) {
    boolean counts =
        entry.result() == TypeFamily.INTEGER
            && entry.totality() == FunctionEntry.Totality.TOTAL
            && !entry.name().startsWith("md5_")
            && call.values().stream().allMatch(value -> value.weight() == Value.Weight.LIGHT);
    return counts
        || (MODEST.contains(entry.name())
            && call.values().stream()
                .allMatch(
                    value ->
                        value.modest()
                            || (value.constant() && value.type() == TypeFamily.TEXT)
                            || value.type() == TypeFamily.NULL));
  }

  /// Patterns that can be slow on some text, and comparisons that convert text.
  private void patterns(FunctionEntry entry, Call call) {
    boolean pattern = entry.name().startsWith("regexp_") && call.arguments().size() > 1;
    if (pattern && Operators.slow(call.arguments().get(1))) {
      context.use(UseRole.COSTLY, call.values().get(0), call.node());
    }
    if (WIDTHS.contains(entry.name())
        && !call.arguments().isEmpty()
        && call.arguments().getFirst() instanceof StringValue format) {
      Value all = Value.computed(call.values(), TypeFamily.TEXT);
      if (format.getValue().contains("*")) {
        context.use(UseRole.COSTLY, all, call.node());
      }
      if (context.dialect == Dialect.POSTGRESQL && IDENTIFIER.matcher(format.getValue()).find()) {
        context.fallible(all, call.node());
      }
    }
    boolean compares =
        switch (entry.name()) {
          case "greatest", "least", "nullif", "field", "max", "min" -> call.values().size() > 1;
          default -> false;
        };
    if (compares) {
      for (Value other : call.values().subList(1, call.values().size())) {
        context.operators.compared(call.values().get(0), other, call.node());
      }
    }
  }

  private Value failing(FunctionEntry entry, Call call, Value value) {
    boolean total =
        switch (entry.totality()) {
          case TOTAL -> true;
          case NUMERIC ->
              call.values().stream()
                  .allMatch(
                      argument ->
                          argument.constant()
                              || argument.type() == TypeFamily.NULL
                              || ((argument.type().numeric()
                                      || argument.type() == TypeFamily.UNKNOWN)
                                  && (argument.modest() || argument.sources().isEmpty())
                                  && !narrowSum(entry, argument)));
          case FALLIBLE -> undoes(entry, call);
        };
    if (!total) {
      return context.fallible(value, call.node());
    }
    boolean risk = false;
    for (int i = 0; i < call.values().size(); i++) {
      if (entry.risky(i) && !call.values().get(i).constant()) {
        context.use(UseRole.FALLIBLE, call.values().get(i), call.node());
        risk = true;
      }
      Value argument = call.values().get(i);
      if (entry.key(i)
          && !argument.constant()
          && argument.base() == null
          && !argument.sources().isEmpty()) {
        context.use(UseRole.FALLIBLE, argument, call.node());
        risk = true;
      }
    }
    return risk ? value.failing() : value;
  }

  /// SQL Server adds integers up in an integer.
  private boolean narrowSum(FunctionEntry entry, Value argument) {
    return context.dialect == Dialect.SQLSERVER
        && argument.type() == TypeFamily.INTEGER
        && (entry.name().equals("sum") || entry.name().equals("avg"));
  }

  /// `unhex(hex(x))` and the like accept whatever the inner function yields.
  private static boolean undoes(FunctionEntry entry, Call call) {
    if (entry.inverses().isEmpty() || call.arguments().isEmpty()) {
      return false;
    }
    return call.arguments().get(0) instanceof Function inner
        && entry.inverses().contains(Identifiers.lower(inner.getName()));
  }

  private static TypeFamily resultType(FunctionEntry entry, Call call) {
    if (entry.result() != TypeFamily.UNKNOWN) {
      return entry.result();
    }
    return call.values().isEmpty() ? TypeFamily.UNKNOWN : call.values().get(0).type();
  }

  private Value aggregate(FunctionEntry entry, Call call) {
    boolean count = entry.name().equals("count");
    boolean plain = call.values().size() == 1 && call.values().get(0).base() != null;
    if (count && plain && call.ordering().sources().isEmpty()) {
      context.use(UseRole.DECLASSIFIED, call.values().get(0), call.node());
      return call.values()
          .get(0)
          .declassify(TypeFamily.INTEGER)
          .influencedBy(Value.open(TypeFamily.INTEGER));
    }
    Value value =
        Value.computed(call.values(), resultType(entry, call))
            .influencedBy(Value.open(TypeFamily.UNKNOWN));
    if (call.distinct()) {
      context.use(UseRole.DISTINCT, value, call.node());
    }
    value = withOrdering(call, value).modest(modest(entry, call));
    context.operators.lengthening(call.values(), call.node());
    return failing(entry, call, value);
  }

  /// An ORDER BY inside a call is a use when it orders other values by a column.
  private Value withOrdering(Call call, Value value) {
    if (!value.sources().containsAll(call.ordering().sources())) {
      context.use(UseRole.ORDER, call.ordering(), call.node());
    }
    return value.influencedBy(call.ordering());
  }

  private static boolean changes(FunctionEntry entry) {
    return switch (entry.action()) {
      case PURE, VOLATILE, CATALOG, VALUES -> false;
      case CALL, SESSION, FILE, PROGRAM, NETWORK, EXECUTE, LOCK, MAINTENANCE -> true;
    };
  }

  private void act(FunctionEntry entry, Call call) {
    if (entry.name().equals("last_insert_id") && !call.values().isEmpty()) {
      // The value is kept, and the next call without an argument shows it.
      context.findings.effect(EffectKind.SESSION, entry.name());
      context.use(UseRole.COPY, Value.computed(call.values(), TypeFamily.INTEGER), call.node());
    }
    switch (entry.action()) {
      case PURE, VOLATILE, CATALOG -> {}
      case VALUES ->
          throw context.refuse(
              "value-bearing-function",
              "The function " + entry.name() + " shows stored values.",
              call.node(),
              "Read the table itself.");
      case CALL -> context.findings.effect(EffectKind.CALL, entry.name());
      case SESSION -> context.findings.effect(EffectKind.SESSION, entry.name());
      case FILE -> context.findings.effect(EffectKind.FILE, entry.name());
      case PROGRAM -> context.findings.effect(EffectKind.PROGRAM, entry.name());
      case NETWORK -> context.findings.effect(EffectKind.NETWORK, entry.name());
      case EXECUTE -> context.findings.effect(EffectKind.EXECUTE, entry.name());
      case LOCK -> context.findings.effect(EffectKind.LOCK, entry.name());
      case MAINTENANCE -> context.findings.effect(EffectKind.MAINTENANCE, entry.name());
    }
  }

  /// An array written out, or made from rows, has as many elements whatever their values.
  static boolean fixedShape(List<Expression> arguments, int index) {
    if (index >= arguments.size()) {
      return false;
    }
    return switch (arguments.get(index)) {
      case net.sf.jsqlparser.expression.ArrayConstructor array -> true;
      case StringValue text -> true;
      case Function function -> Identifiers.lower(function.getName()).equals("array");
      default -> false;
    };
  }

  static String joined(List<String> parts) {
    return parts.stream().collect(Collectors.joining("."));
  }
}
