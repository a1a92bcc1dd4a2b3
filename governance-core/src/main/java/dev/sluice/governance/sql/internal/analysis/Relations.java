package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.RelationKind;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.CatalogPath;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.internal.resolve.Field;
import dev.sluice.governance.sql.internal.resolve.Identifiers;
import dev.sluice.governance.sql.internal.resolve.Misunderstood;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.Source;
import dev.sluice.governance.sql.internal.resolve.TypeFamily;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.Select;
import org.jspecify.annotations.Nullable;

/// What a table name means: a common table, a base table, a view, or a system relation.
final class Relations {
  private final Context context;
  private final Map<TableRef, List<Field>> expanded = new HashMap<>();
  private final Deque<TableRef> expanding = new ArrayDeque<>();

  Relations(Context context) {
    this.context = context;
  }

  /// The source that a table name in a FROM clause is.
  Source source(Table table, Scope scope) {
    context.visit(table);
    context.visitAll(table.getSampleClause());
    List<String> parts = parts(table);
    String name = context.identifiers.stored(parts.get(0));
    if (parts.size() == 1) {
      List<Field> common = commonTable(name, scope, table);
      if (common != null) {
        boolean open = common.stream().anyMatch(field -> field.name().equals("*"));
        return aliased(table, name, null, common, List.of(), open, null);
      }
    }
    if (parts.size() == 1 && context.mysql() && name.equalsIgnoreCase("dual")) {
      return Source.derived("dual", List.of());
    }
    fullyNamedInView(parts, table);
    String schema = parts.size() == 1 ? null : schemaOf(parts, table);
    List<String> system = system(schema, name);
    if (system != null) {
      return systemSource(table, schema, name, system);
    }
    Relation relation = relation(schema, name, table);
    context.findings.table(relation.ref());
    context.findings.effect(EffectKind.READ, relation.ref().dotted());
    List<Field> fields = fields(relation, table);
    boolean open = relation.columns().isEmpty() && !relation.isView();
    if (open && context.dialect != Dialect.ANSI) {
      throw context.refuse(
          "unknown-columns",
          "The columns of " + relation.ref().dotted() + " are not known.",
          table,
          "Refresh the schema.");
    }
    return aliased(
        table,
        name,
        relation.ref().schema(),
        fields,
        relation.isView() ? List.of() : systemFields(relation, fields),
        open,
        relation.ref());
  }

  /// The table that a statement changes.
  Source target(Table table) {
    context.visit(table);
    if (table.getSampleClause() != null || table.getPivot() != null || table.getUnPivot() != null) {
      throw context.unknownConstruct(table, "target");
    }
    List<String> parts = parts(table);
    String name = context.identifiers.stored(parts.get(0));
    String schema = parts.size() == 1 ? null : schemaOf(parts, table);
    Relation relation = relation(schema, name, table);
    context.findings.table(relation.ref());
    List<Field> fields = fields(relation, table);
    boolean open = relation.columns().isEmpty() && !relation.isView();
    return aliased(
        table,
        name,
        relation.ref().schema(),
        fields,
        relation.isView() ? List.of() : systemFields(relation, fields),
        open,
        relation.ref());
  }

  /// Whether the name is one of the engine's own relations, listed or not.
  private boolean systemLooking(@Nullable String schema, String name) {
    String lowerName = Identifiers.lower(name);
    String lowerSchema = schema == null ? "" : Identifiers.lower(schema);
    return switch (context.dialect) {
      case POSTGRESQL ->
          lowerSchema.equals("pg_catalog")
              || lowerSchema.equals("information_schema")
              || (lowerSchema.isEmpty() && lowerName.startsWith("pg_"));
      case MYSQL, MARIADB ->
          lowerSchema.equals("information_schema")
              || lowerSchema.equals("performance_schema")
              || lowerSchema.equals("mysql")
              || lowerSchema.equals("sys");
      case DUCKDB -> lowerSchema.equals("information_schema") || lowerSchema.equals("pg_catalog");
      case SQLSERVER -> lowerSchema.equals("sys") || lowerSchema.equals("information_schema");
      case TRINO ->
          lowerSchema.equals("information_schema")
              || lowerSchema.endsWith(".information_schema")
              || lowerSchema.startsWith("system.");
      case SQLITE, ANSI -> false;
    };
  }

  private @Nullable List<Field> commonTable(String name, Scope scope, Table table) {
    if (scope.pending(name)) {
      throw context.refuse(
          "forward-reference",
          "The WITH query " + name + " is used before it is defined.",
          table,
          "Put it before the query that uses it.");
    }
    return scope.commonTable(name);
  }

  private Source aliased(
      Table table,
      String name,
      @Nullable String schema,
      List<Field> fields,
      List<Field> systemFields,
      boolean open,
      @Nullable TableRef ref) {
    if (table.getAlias() == null) {
      return new Source(name, schema, fields, systemFields, open, ref);
    }
    context.visit(table.getAlias());
    String alias = context.identifiers.stored(table.getAlias().getName());
    List<String> names = context.fromItems.aliasColumns(table.getAlias());
    if (open && !names.isEmpty()) {
      throw context.unknownConstruct(table, "column list");
    }
    List<Field> renamed = context.fromItems.renamed(fields, names, table);
    return new Source(alias, null, renamed, systemFields, open, ref);
  }

  static List<String> parts(Table table) {
    return table.getNameParts().stream().map(part -> part == null ? "" : part).toList();
  }

  /// The schema of a qualified name.
  ///
  /// @param reversed the parts of the name, last first
  String schemaOf(List<String> reversed, Object node) {
    List<String> parts = new ArrayList<>();
    for (int i = reversed.size() - 1; i >= 1; i--) {
      parts.add(context.identifiers.stored(reversed.get(i)));
    }
    if (context.dialect == Dialect.TRINO && parts.size() == 1) {
      return CatalogPath.inSession(parts.getFirst(), context.catalog.catalog());
    }
    if (parts.size() > 1 && context.dialect != Dialect.ANSI) {
      String joined = String.join(".", parts);
      boolean names =
          context.dialect == Dialect.TRINO
              && parts.size() == 2
              && (Identifiers.lower(parts.getLast()).equals("information_schema")
                  || Identifiers.lower(parts.getFirst()).equals("system"));
      boolean known =
          names
              || context.catalog.catalog().relations().stream()
                  .anyMatch(relation -> context.identifiers.same(relation.ref().schema(), joined));
      if (!known) {
        throw context.refuse(
            "other-database",
            context.dialect == Dialect.TRINO
                ? "There is no table in " + joined + " here."
                : "Names with a database in front are not understood.",
            node,
            context.dialect == Dialect.TRINO
                ? "Check the catalog and the schema, or refresh the schema if they are new."
                : "Leave the database out.");
      }
    }
    return String.join(".", parts);
  }

  /// Trino reads the names of a view in the session that made it, which its text does not tell.
  private void fullyNamedInView(List<String> parts, Table table) {
    TableRef view = expanding.peek();
    if (view != null
        && context.dialect == Dialect.TRINO
        && CatalogPath.tellsCatalog(view.schema())
        && parts.size() < 3) {
      throw cannotExpand(
          view.dotted(), "its text names tables without their catalog and schema", table);
    }
  }

  /// A base table or view of the catalog.
  Relation relation(@Nullable String schema, String name, Table table) {
    Optional<Relation> found = Optional.empty();
    if (schema != null) {
      found = context.catalog.find(schema, name, context.identifiers);
    } else {
      for (String candidate : context.catalog.catalog().searchPath()) {
        found = context.catalog.find(candidate, name, context.identifiers);
        if (found.isPresent()) {
          break;
        }
      }
    }
    if (systemLooking(schema, name)) {
      throw context.refuse(
          "system-relation",
          "The system relation "
              + (schema == null ? "" : schema + ".")
              + name
              + " may show values of rows, or what other people run.",
          table,
          "System relations that hold names only can be read, such as information_schema.columns.");
    }
    if (found.isEmpty() || systemName(schema, name)) {
      throw context.refuse(
          "unknown-table",
          "There is no table or view " + (schema == null ? "" : schema + ".") + name + " here.",
          table,
          "Check the spelling, or refresh the schema if it is new.");
    }
    Relation relation = found.get();
    if (relation.kind() == RelationKind.SEQUENCE) {
      throw context.refuse(
          "sequence", "A sequence is not read like a table.", table, "Use its functions.");
    }
    return relation;
  }

  /// Names that the engine looks up in its own catalog before the user's.
  private boolean systemName(@Nullable String schema, String name) {
    String lower = Identifiers.lower(name);
    return switch (context.dialect) {
      case POSTGRESQL ->
          (schema == null && lower.startsWith("pg_"))
              || (schema != null && schema.startsWith("pg_"));
      case SQLITE -> lower.startsWith("sqlite_");
      case MYSQL, MARIADB, DUCKDB, SQLSERVER, TRINO, ANSI -> false;
    };
  }

  private @Nullable List<String> system(@Nullable String schema, String name) {
    if (schema != null) {
      boolean inCatalog = context.dialect == Dialect.TRINO && CatalogPath.tellsCatalog(schema);
      return context.systemRelations.columns(
          inCatalog ? CatalogPath.withoutCatalog(schema) : schema, name);
    }
    return switch (context.dialect) {
      case POSTGRESQL -> context.systemRelations.columns("pg_catalog", name);
      case SQLITE -> context.systemRelations.columns("main", name);
      case DUCKDB -> unshadowed(name) ? context.systemRelations.columns("main", name) : null;
      case MYSQL, MARIADB, SQLSERVER, TRINO, ANSI -> null;
    };
  }

  private boolean unshadowed(String name) {
    return context.catalog.catalog().searchPath().stream()
        .noneMatch(schema -> context.catalog.find(schema, name, context.identifiers).isPresent());
  }

  private Source systemSource(
      Table table, @Nullable String schema, String name, List<String> columns) {
    context.findings.effect(EffectKind.READ);
    List<Field> fields = openFields(columns);
    if (columns.isEmpty()) {
      throw context.refuse(
          "unknown-columns",
          "The columns of " + name + " are not known here.",
          table,
          "Read information_schema instead.");
    }
    return aliased(table, name, schema, fields, List.of(), false, null);
  }

  static List<Field> openFields(List<String> columns) {
    List<Field> fields = new ArrayList<>();
    columns.forEach(column -> fields.add(new Field(column, Value.open(TypeFamily.UNKNOWN))));
    return fields;
  }

  /// The columns of a table, or of a view through its definition.
  List<Field> fields(Relation relation, Object node) {
    if (!relation.isView()) {
      return context.catalog.fields(relation);
    }
    List<Field> known = expanded.get(relation.ref());
    if (known == null) {
      known = expand(relation, node);
      expanded.put(relation.ref(), known);
    }
    return known;
  }

  private List<Field> expand(Relation view, Object node) {
    String name = view.ref().dotted();
    if (view.definition().isEmpty() || view.definition().get().isBlank()) {
      throw cannotExpand(name, "its definition is not known", node);
    }
    if (expanding.contains(view.ref())) {
      throw cannotExpand(name, "it refers to itself", node);
    }
    expanding.push(view.ref());
    try {
      Context.View parsed = parse(view, name, node);
      if (!(parsed.statement() instanceof Select select)) {
        throw cannotExpand(name, "its definition is not a query", node);
      }
      Span place = context.span(node);
      List<Output> outputs =
          context.reading(
              new Context.Text(parsed.text(), parsed.place(), span -> place),
              select,
              () -> context.queries.query(select, Scope.root(context.identifiers)));
      return named(view, outputs, node);
    } finally {
      expanding.pop();
    }
  }

  private Context.View parse(Relation view, String name, Object node) {
    try {
      return context.viewParser.parse(view.definition().orElse(""));
    } catch (Misunderstood e) {
      throw cannotExpand(name, e.refusal().message(), node);
    }
  }

  private List<Field> named(Relation view, List<Output> outputs, Object node) {
    List<Field> fields = new ArrayList<>();
    if (view.columns().isEmpty()) {
      return Output.fields(outputs);
    }
    if (view.columns().size() != outputs.size()) {
      throw cannotExpand(view.ref().dotted(), "its columns and its definition differ", node);
    }
    for (int i = 0; i < outputs.size(); i++) {
      Value value = outputs.get(i).field().value();
      TypeFamily type = TypeFamily.ofTypeName(view.columns().get(i).type());
      fields.add(
          new Field(
              view.columns().get(i).name(),
              type == TypeFamily.UNKNOWN ? value : value.typed(type)));
    }
    return fields;
  }

  private RuntimeException cannotExpand(String name, String reason, Object node) {
    return context.refuse(
        "view-not-expanded",
        "The view " + name + " cannot be looked into: " + reason + ".",
        node,
        "Read the tables under it, or refresh the schema.");
  }

  /// Columns that every table has and no star shows.
  private List<Field> systemFields(Relation relation, List<Field> fields) {
    return switch (context.dialect) {
      case POSTGRESQL -> openFields(List.of("ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"));
      case SQLITE -> {
        Value rowid = rowid(relation, fields);
        yield List.of(
            new Field("rowid", rowid), new Field("oid", rowid), new Field("_rowid_", rowid));
      }
      case DUCKDB -> openFields(List.of("rowid"));
      case MYSQL, MARIADB, SQLSERVER, TRINO, ANSI -> List.of();
    };
  }

  /// The row's number, which is the value of an integer primary key if there is one.
  private Value rowid(Relation relation, List<Field> fields) {
    List<Value> possible = new ArrayList<>();
    for (Field field : fields) {
      boolean key =
          relation.primaryKey().isEmpty()
              || (relation.primaryKey().size() == 1
                  && context.identifiers.same(relation.primaryKey().get(0), field.name()));
      TypeFamily type = field.value().type();
      if (key && (type == TypeFamily.INTEGER || type == TypeFamily.UNKNOWN)) {
        possible.add(field.value());
      }
    }
    return Value.computed(possible, TypeFamily.INTEGER)
        .influencedBy(Value.open(TypeFamily.INTEGER));
  }
}
