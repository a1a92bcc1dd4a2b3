package dev.sluice.gateway.schema;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.DeclaredFunction;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.RelationKind;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.OutputColumn;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.SqlScript;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Makes a catalog from CREATE TABLE, CREATE VIEW, CREATE SCHEMA and CREATE FUNCTION statements.
/// Other statements describe no relation and are passed over; a CREATE TABLE or VIEW that is not
/// understood is a problem, and what refers to it will be refused.
public final class SchemaScript {

  private final Dialect dialect;
  private final StatementAnalyzer analyzer;
  private final String defaultSchema;
  private final List<Relation> relations = new ArrayList<>();
  private final List<DeclaredFunction> functions = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  /// @param span in the script
  public record Problem(String message, Span span) {}

  /// @param problems statements that should have described a relation and were not understood
  public record Reading(CatalogSnapshot catalog, List<Problem> problems) {
    public Reading {
      problems = List.copyOf(problems);
    }
  }

  private SchemaScript(Dialect dialect, StatementAnalyzer analyzer, String defaultSchema) {
    this.dialect = dialect;
    this.analyzer = analyzer;
    this.defaultSchema = defaultSchema;
  }

  /// Reads a script.
  ///
  /// @param analyzer finds the columns of views that do not list them
  /// @param defaultSchema for names without a schema; may be empty
  public static Reading read(
      String text, Dialect dialect, StatementAnalyzer analyzer, String defaultSchema) {
    SchemaScript script = new SchemaScript(dialect, analyzer, defaultSchema);
    SqlScript cut = SqlScript.cut(text, dialect);
    for (StatementText statement : cut.statements()) {
      script.statement(statement);
    }
    cut.problems()
        .forEach(problem -> script.problems.add(new Problem(problem.message(), problem.span())));
    return new Reading(script.catalog(), script.problems);
  }

  /// The catalog after a statement, as far as names depend on it: tables and views that it creates,
  /// alters or drops. The same catalog after any other statement.
  public static CatalogSnapshot after(
      CatalogSnapshot before,
      StatementText statement,
      Dialect dialect,
      StatementAnalyzer analyzer,
      String defaultSchema) {
    SchemaScript script = new SchemaScript(dialect, analyzer, defaultSchema);
    script.relations.addAll(before.relations());
    script.functions.addAll(before.functions());
    script.statement(statement);
    boolean same =
        script.relations.equals(before.relations()) && script.functions.equals(before.functions());
    return same ? before : script.catalog();
  }

  private CatalogSnapshot catalog() {
    return CatalogSnapshot.of(List.of(defaultSchema), relations, functions);
  }

  private void statement(StatementText statement) {
    DefinitionCursor cursor = new DefinitionCursor(statement.text(), dialect);
    if (cursor.take("ALTER")) {
      alter(cursor);
      return;
    }
    if (cursor.take("DROP")) {
      drop(cursor);
      return;
    }
    if (!cursor.take("CREATE")) {
      return;
    }
    boolean replace = cursor.take("OR") && cursor.take("REPLACE");
    cursor.takeAny("TEMPORARY", "TEMP", "UNLOGGED", "GLOBAL", "LOCAL", "RECURSIVE", "FOREIGN");
    boolean materialized = cursor.take("MATERIALIZED");
    Optional<Relation> relation = Optional.empty();
    if (cursor.take("TABLE")) {
      relation = table(cursor);
    } else if (cursor.take("VIEW")) {
      relation = view(cursor, materialized);
    } else if (cursor.takeAny("FUNCTION", "PROCEDURE")) {
      function(cursor);
      return;
    } else {
      return;
    }
    if (relation.isEmpty()) {
      String kind = replace || materialized ? "view" : "table or view";
      problems.add(new Problem("This " + kind + " was not understood.", statement.span()));
    } else {
      TableRef ref = relation.get().ref();
      relations.removeIf(known -> known.ref().equals(ref));
      relations.add(relation.get());
    }
  }

  private void alter(DefinitionCursor cursor) {
    if (!cursor.take("TABLE")) {
      return;
    }
    cursor.takeAll("IF", "EXISTS");
    cursor.take("ONLY");
    Optional<TableRef> ref = cursor.name(defaultSchema, this::fold);
    if (ref.isPresent()) {
      List<DefinitionCursor.Item> actions = cursor.rest();
      relations.replaceAll(
          known ->
              known.ref().equals(ref.get())
                  ? AlteredRelation.of(known, actions, this::fold)
                  : known);
    }
  }

  private void drop(DefinitionCursor cursor) {
    cursor.take("MATERIALIZED");
    if (!cursor.takeAny("TABLE", "VIEW")) {
      return;
    }
    cursor.takeAll("IF", "EXISTS");
    boolean more = true;
    while (more) {
      cursor
          .name(defaultSchema, this::fold)
          .ifPresent(ref -> relations.removeIf(known -> known.ref().equals(ref)));
      more = cursor.takeComma();
    }
  }

  private Optional<Relation> table(DefinitionCursor cursor) {
    cursor.takeAll("IF", "NOT", "EXISTS");
    Optional<TableRef> ref = cursor.name(defaultSchema, this::fold);
    if (ref.isEmpty()) {
      return Optional.empty();
    }
    Optional<List<DefinitionCursor.Item>> items = cursor.items();
    if (items.isEmpty()) {
      return Optional.empty();
    }
    List<CatalogColumn> columns = new ArrayList<>();
    for (DefinitionCursor.Item item : items.get()) {
      if (!item.isConstraint()) {
        columns.add(
            new CatalogColumn(item.name(this::fold), item.type(), !item.has("NOT", "NULL"), ""));
      }
    }
    return columns.isEmpty() ? Optional.empty() : Optional.of(Relation.table(ref.get(), columns));
  }

  private Optional<Relation> view(DefinitionCursor cursor, boolean materialized) {
    cursor.takeAll("IF", "NOT", "EXISTS");
    Optional<TableRef> ref = cursor.name(defaultSchema, this::fold);
    Optional<String> query = ViewText.query(cursor.text(), dialect);
    if (ref.isEmpty() || query.isEmpty()) {
      return Optional.empty();
    }
    Optional<List<DefinitionCursor.Item>> listed = cursor.items();
    List<String> names =
        listed.isPresent()
            ? listed.get().stream().map(item -> item.name(this::fold)).toList()
            : outputs(query.get());
    if (names.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Relation(
            ref.get(),
            materialized ? RelationKind.MATERIALIZED_VIEW : RelationKind.VIEW,
            names.stream().map(CatalogColumn::named).toList(),
            query,
            List.of(),
            List.of(),
            "",
            -1));
  }

  private List<String> outputs(String query) {
    StatementAnalysis analysis = analyzer.analyze(StatementText.of(query), dialect, catalog());
    return analysis.complete()
        ? analysis.columns().stream().map(OutputColumn::name).toList()
        : List.of();
  }

  private void function(DefinitionCursor cursor) {
    cursor
        .name(defaultSchema, this::fold)
        .ifPresent(
            ref ->
                functions.add(
                    new DeclaredFunction(ref.schema(), ref.name(), List.of(), false, false)));
  }

  /// As the engine's own catalog would spell an unquoted name.
  private String fold(String name) {
    return switch (dialect) {
      case POSTGRESQL, TRINO, ANSI -> name.toLowerCase(Locale.ROOT);
      case MYSQL, MARIADB, SQLITE, DUCKDB, SQLSERVER -> name;
    };
  }
}
