package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.EffectKind;
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
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.JsonTableFunction;
import net.sf.jsqlparser.expression.JsonTableFunction.JsonTableColumnDefinition;
import net.sf.jsqlparser.expression.JsonTableFunction.JsonTableColumnsClause;
import net.sf.jsqlparser.expression.JsonTableFunction.JsonTableNestedColumnDefinition;
import net.sf.jsqlparser.expression.JsonTableFunction.JsonTableValueColumnDefinition;
import net.sf.jsqlparser.expression.XmlTableFunction;
import net.sf.jsqlparser.statement.select.TableFunction;
import org.jspecify.annotations.Nullable;

/// Functions in a FROM clause: their columns come from their arguments.
final class TableFunctions {
  private static final Set<String> RECORDS =
      Set.of("json_to_record", "jsonb_to_record", "json_to_recordset", "jsonb_to_recordset");

  private final Context context;

  TableFunctions(Context context) {
    this.context = context;
  }

  void add(TableFunction table, Scope scope) {
    if (table.getPivot() != null || table.getUnPivot() != null) {
      throw context.unknownConstruct(table, "PIVOT");
    }
    List<Field> fields = new ArrayList<>();
    Scope arguments = scope.correlated();
    Alias alias = table.getAlias();
    if (table.getRowsFromFunctions() != null) {
      context.visit(table.getRowsFromFunctions());
      for (Function function : table.getRowsFromFunctions()) {
        fields.addAll(columns(function, arguments, "", null));
      }
    } else {
      String aliasName = alias == null ? "" : context.identifiers.stored(alias.getName());
      fields.addAll(columns(table.getFunction(), arguments, aliasName, alias));
      widen(table, fields);
    }
    String with = table.getWithClause() == null ? "" : table.getWithClause();
    switch (with.toLowerCase(Locale.ROOT)) {
      case "" -> {}
      case "ordinality", "with ordinality" ->
          fields.add(new Field("ordinality", Value.open(TypeFamily.INTEGER)));
      default -> throw context.unknownConstruct(table, with);
    }
    scope.add(source(table, alias, fields));
  }

  /// In Trino one map has two columns, and one array of rows as many as the rows have fields; how
  /// many, the alias says. All of them are of what was taken apart.
  private void widen(TableFunction table, List<Field> fields) {
    boolean one =
        context.dialect == Dialect.TRINO
            && fields.size() == 1
            && Identifiers.lower(table.getFunction().getMultipartName().getLast()).equals("unnest");
    if (!one) {
      return;
    }
    int named = columnsOf(table.getAlias()).size() - (table.getWithClause() == null ? 0 : 1);
    for (int i = 1; i < named; i++) {
      fields.add(fields.getFirst());
    }
  }

  private Source source(TableFunction table, @Nullable Alias alias, List<Field> fields) {
    if (alias != null) {
      return context.fromItems.derived(alias, fields, table);
    }
    String name =
        table.getFunction() == null
            ? ""
            : Identifiers.lower(table.getFunction().getMultipartName().getLast());
    return Source.derived(name, fields);
  }

  /// The names in `AS t (a int, b text)`, which say what a function of records yields.
  private List<String> columnsOf(@Nullable Alias alias) {
    return context.fromItems.aliasColumns(alias);
  }

  private List<Field> columns(
      Function function, Scope scope, String aliasName, @Nullable Alias alias) {
    if (function instanceof JsonTableFunction json) {
      return jsonTable(json, scope);
    }
    if (function instanceof XmlTableFunction xml) {
      return xmlTable(xml, scope);
    }
    String name = Identifiers.lower(function.getMultipartName().getLast());
    List<String> system = context.systemRelations.functionColumns(name);
    if (system != null && function.getMultipartName().size() == 1) {
      return systemFunction(function, system, scope);
    }
    if (name.equals("unnest") && Calls.argumentsOf(function).size() > 1) {
      return unnestMany(function, scope);
    }
    refuseUnknown(function, name);
    Value value = context.expressions.evaluate(function, scope);
    List<Field> row = value.row();
    if (row != null && name.equals("unnest") && context.dialect == Dialect.POSTGRESQL) {
      return row;
    }
    List<String> names = RECORDS.contains(name) ? columnsOf(alias) : columnNames(name);
    if (name.equals("string_split") && Calls.argumentsOf(function).size() < 3) {
      names = names.stream().limit(1).toList();
    }
    if (names.isEmpty()) {
      String only = aliasName.isEmpty() || !aliasNamesColumn() ? name : aliasName;
      return List.of(new Field(only, elementOf(value)));
    }
    return names.stream()
        .map(column -> new Field(column, value.derived(TypeFamily.UNKNOWN)))
        .toList();
  }

  private static Value elementOf(Value value) {
    return value.derived(value.type() == TypeFamily.ARRAY ? TypeFamily.UNKNOWN : value.type());
  }

  /// Whether the alias of a function with one column names that column too.
  private boolean aliasNamesColumn() {
    return context.dialect == Dialect.POSTGRESQL;
  }

  private List<String> columnNames(String name) {
    return switch (name) {
      case "json_each", "jsonb_each", "json_each_text", "jsonb_each_text" ->
          context.dialect == Dialect.POSTGRESQL ? List.of("key", "value") : jsonTree();
      case "json_tree" -> jsonTree();
      case "generate_series" ->
          context.dialect == Dialect.SQLITE || context.dialect == Dialect.SQLSERVER
              ? List.of("value")
              : List.of();
      case "string_split" ->
          context.dialect == Dialect.SQLSERVER ? List.of("value", "ordinal") : List.of();
      default -> List.of();
    };
  }

  private static List<String> jsonTree() {
    return List.of("key", "value", "type", "atom", "id", "parent", "fullkey", "path");
  }

  private void refuseUnknown(Function function, String name) {
    Optional<FunctionEntry> entry = context.builtins.find(name);
    boolean schemaGiven = function.getMultipartName().size() > 1;
    boolean known =
        entry.isPresent()
            && (!schemaGiven
                || Identifiers.lower(function.getMultipartName().get(0)).equals("pg_catalog"));
    if (!known) {
      context.findings.function(name);
      context.findings.effect(EffectKind.CALL, name);
      throw context.refuse(
          "unknown-table-function",
          "Nothing is known of the table function " + name + ".",
          function,
          "Read the tables it reads, or ask the policy's owner to declare it.");
    }
    boolean acts =
        switch (entry.get().action()) {
          case PURE, VOLATILE, CATALOG, VALUES -> false;
          case CALL, SESSION, FILE, PROGRAM, NETWORK, EXECUTE, LOCK, MAINTENANCE -> true;
        };
    if (acts) {
      context.findings.effect(
          dev.sluice.governance.sql.EffectKind.valueOf(entry.get().action().name()), name);
    }
  }

  private List<Field> systemFunction(Function function, List<String> columns, Scope scope) {
    context.visit(function);
    context.calls.visitArguments(function);
    for (Expression argument : Calls.argumentsOf(function)) {
      Value value = context.expressions.evaluate(argument, scope);
      context.use(UseRole.ROWS, value, argument);
    }
    if (columns.isEmpty()) {
      throw context.refuse(
          "unknown-columns",
          "The columns of this function are not known here.",
          function,
          "Read information_schema instead.");
    }
    context.findings.effect(EffectKind.READ);
    return Relations.openFields(columns);
  }

  private List<Field> unnestMany(Function function, Scope scope) {
    context.visit(function);
    context.calls.visitArguments(function);
    context.findings.function("unnest");
    List<Field> fields = new ArrayList<>();
    List<Expression> arguments = Calls.argumentsOf(function);
    for (int i = 0; i < arguments.size(); i++) {
      Value value = context.expressions.evaluate(arguments.get(i), scope);
      if (!Calls.fixedShape(arguments, i)) {
        context.use(UseRole.ROWS, value, arguments.get(i));
      }
      fields.add(new Field("unnest", elementOf(value)));
    }
    return fields;
  }

  private List<Field> jsonTable(JsonTableFunction json, Scope scope) {
    context.visit(json);
    context.calls.visitArguments(json);
    List<Value> values =
        context.expressions.all(scope, json.getJsonInputExpression(), json.getJsonPathExpression());
    for (JsonTableFunction.JsonTablePassingClause passing : json.getPassingClauses()) {
      context.visit(passing);
      values.add(context.expressions.evaluate(passing.getValueExpression(), scope));
    }
    Value input = Value.computed(values, TypeFamily.UNKNOWN);
    context.use(UseRole.ROWS, input, json);
    context.use(UseRole.FALLIBLE, input, json);
    List<Field> fields = new ArrayList<>();
    jsonColumns(json.getColumnsClause(), input.failing(), scope, fields);
    return fields;
  }

  private void jsonColumns(
      JsonTableColumnsClause clause, Value input, Scope scope, List<Field> fields) {
    context.visit(clause);
    for (JsonTableColumnDefinition definition : clause.getColumnDefinitions()) {
      context.visit(definition);
      switch (definition) {
        case JsonTableValueColumnDefinition column -> {
          context.expressions.all(scope, column.getPathExpression());
          String name = context.identifiers.stored(column.getColumnName());
          fields.add(new Field(name, input.derived(TypeFamily.UNKNOWN)));
        }
        case JsonTableNestedColumnDefinition nested -> {
          context.expressions.all(scope, nested.getPathExpression());
          jsonColumns(nested.getColumnsClause(), input, scope, fields);
        }
        default -> throw context.unknownConstruct(definition, "JSON_TABLE");
      }
    }
  }

  private List<Field> xmlTable(XmlTableFunction xml, Scope scope) {
    context.visit(xml);
    context.calls.visitArguments(xml);
    List<Value> values = context.expressions.all(scope, xml.getRowPathExpression());
    for (XmlTableFunction.XmlTablePassingClause passing : xml.getPassingClauses()) {
      context.visit(passing);
      values.add(context.expressions.evaluate(passing.getValueExpression(), scope));
    }
    List<String> names = new ArrayList<>();
    for (XmlTableFunction.XmlTableColumnDefinition column : xml.getColumnDefinitions()) {
      context.visit(column);
      values.addAll(
          context.expressions.all(
              scope, column.getPathExpression(), column.getDefaultExpression()));
      names.add(context.identifiers.stored(column.getColumnName()));
    }
    Value input = Value.computed(values, TypeFamily.UNKNOWN);
    context.use(UseRole.ROWS, input, xml);
    context.use(UseRole.FALLIBLE, input, xml);
    return names.stream()
        .map(name -> new Field(name, input.failing().derived(TypeFamily.UNKNOWN)))
        .toList();
  }
}
