package dev.sluice.cli.check;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.DeclaredFunction;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.RelationKind;
import dev.sluice.governance.catalog.TableRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Reads the `schema`, `functions` and `default_schema` of a line; the same content is read once.
final class SchemaJson {

  private static final int MOST_REMEMBERED = 32;

  private record Content(JsonNode schema, JsonNode functions, String defaultSchema) {}

  private final Map<Content, CatalogSnapshot> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Content, CatalogSnapshot> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  CatalogSnapshot read(JsonNode line) throws BadInput {
    String defaultSchema = Lines.text(line, "default_schema", "");
    Content content = new Content(line.path("schema"), line.path("functions"), defaultSchema);
    CatalogSnapshot snapshot = known.get(content);
    if (snapshot == null) {
      snapshot = build(content);
      known.put(content, snapshot);
    }
    return snapshot;
  }

  private static CatalogSnapshot build(Content content) throws BadInput {
    List<Relation> relations = new ArrayList<>();
    for (JsonNode relation : Lines.array(content.schema(), "schema")) {
      relations.add(relation(relation));
    }
    List<DeclaredFunction> functions = new ArrayList<>();
    for (JsonNode function : Lines.array(content.functions(), "functions")) {
      functions.add(function(function));
    }
    return CatalogSnapshot.of(searchPath(content.defaultSchema(), relations), relations, functions);
  }

  /// The default schema; where none is given, relations without a schema, then the only schema.
  private static List<String> searchPath(String defaultSchema, List<Relation> relations) {
    if (!defaultSchema.isEmpty()) {
      return List.of(defaultSchema);
    }
    TreeSet<String> schemas = new TreeSet<>();
    relations.forEach(relation -> schemas.add(relation.ref().schema()));
    schemas.remove("");
    return schemas.size() == 1 ? List.of("", schemas.first()) : List.of("");
  }

  private static Relation relation(JsonNode node) throws BadInput {
    String name = Lines.text(node, "name", "");
    if (name.isEmpty()) {
      throw new BadInput("A relation in \"schema\" has no name.");
    }
    TableRef ref = new TableRef(Lines.text(node, "schema", ""), name);
    List<CatalogColumn> columns = new ArrayList<>();
    for (JsonNode column : Lines.array(node.path("columns"), "columns")) {
      columns.add(
          column.isString()
              ? CatalogColumn.named(column.stringValue())
              : CatalogColumn.of(Lines.text(column, "name", ""), Lines.text(column, "type", "")));
    }
    Optional<String> definition =
        node.path("definition").isString()
            ? Optional.of(node.path("definition").stringValue())
            : Optional.empty();
    return new Relation(
        ref,
        kind(Lines.text(node, "kind", "table")),
        columns,
        definition,
        List.of(),
        List.of(),
        "",
        -1);
  }

  private static RelationKind kind(String word) throws BadInput {
    return switch (word.toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_')) {
      case "table" -> RelationKind.TABLE;
      case "view" -> RelationKind.VIEW;
      case "materialized_view", "materialised_view" -> RelationKind.MATERIALIZED_VIEW;
      case "foreign_table" -> RelationKind.FOREIGN_TABLE;
      case "sequence" -> RelationKind.SEQUENCE;
      default -> throw new BadInput("Not a kind of relation: " + word + ".");
    };
  }

  private static DeclaredFunction function(JsonNode node) throws BadInput {
    String full = node.isString() ? node.stringValue() : Lines.text(node, "name", "");
    if (full.isEmpty()) {
      throw new BadInput("A function in \"functions\" has no name.");
    }
    int dot = full.lastIndexOf('.');
    String schema = dot < 0 ? Lines.text(node, "schema", "") : full.substring(0, dot);
    List<String> arguments = new ArrayList<>();
    JsonNode types = node.has("arguments") ? node.path("arguments") : node.path("argument_types");
    for (JsonNode type : Lines.array(types, "arguments")) {
      arguments.add(type.asString());
    }
    return new DeclaredFunction(
        schema,
        full.substring(dot + 1),
        arguments,
        node.path("pure").asBoolean(false),
        node.path("total").asBoolean(false));
  }
}
