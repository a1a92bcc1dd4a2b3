package dev.sluice.gateway.schema;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ForeignKey;
import dev.sluice.governance.catalog.RelationKind;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Three queries over `sqlite_schema` and the pragma functions. Everything is in schema `main`.
/// Virtual tables are left out: what they read is not known.
final class SqliteCatalog implements CatalogReader {

  private static final String MAIN = "main";

  private static final String RELATIONS =
      "SELECT name, type, sql FROM sqlite_schema WHERE type IN ('table', 'view')"
          + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";

  /// `hidden` 1 is a hidden column of a virtual table; 2 and 3 are generated ones, which `*` shows.
  private static final String COLUMNS =
      "SELECT s.name AS relation, c.name AS name, c.type AS type, c.\"notnull\" AS required, c.pk"
          + " AS pk FROM sqlite_schema s JOIN pragma_table_xinfo(s.name) c WHERE s.type IN"
          + " ('table', 'view') AND c.hidden <> 1 ORDER BY s.name, c.cid";

  private static final String KEYS =
      "SELECT s.name AS relation, k.id AS id, k.\"table\" AS target, k.\"from\" AS source, k.\"to\""
          + " AS goal FROM sqlite_schema s JOIN pragma_foreign_key_list(s.name) k WHERE s.type ="
          + " 'table' ORDER BY s.name, k.id, k.seq";

  @Override
  public CatalogSnapshot read(Connection connection) throws SQLException {
    CatalogBuilder builder = new CatalogBuilder();
    try (Statement statement = connection.createStatement()) {
      readRelations(statement, builder);
      readColumns(statement, builder);
      readKeys(statement, builder);
    }
    return builder.snapshot(List.of(MAIN));
  }

  private static void readRelations(Statement statement, CatalogBuilder builder)
      throws SQLException {
    try (ResultSet row = statement.executeQuery(RELATIONS)) {
      while (row.next()) {
        String text = row.getString("sql");
        boolean view = row.getString("type").equals("view");
        boolean virtual =
            text != null && text.toUpperCase(Locale.ROOT).startsWith("CREATE VIRTUAL");
        if (!virtual) {
          builder.relation(
              new TableRef(MAIN, row.getString("name")),
              view ? RelationKind.VIEW : RelationKind.TABLE,
              view ? ViewText.query(text, Dialect.SQLITE).orElse(null) : null,
              null,
              -1);
        }
      }
    }
  }

  private static void readColumns(Statement statement, CatalogBuilder builder) throws SQLException {
    Map<TableRef, Map<Integer, String>> keys = new TreeMap<>();
    try (ResultSet row = statement.executeQuery(COLUMNS)) {
      while (row.next()) {
        TableRef ref = new TableRef(MAIN, row.getString("relation"));
        String type = row.getString("type");
        builder.column(
            ref,
            new CatalogColumn(
                row.getString("name"), type == null ? "" : type, row.getInt("required") == 0, ""));
        if (row.getInt("pk") > 0) {
          keys.computeIfAbsent(ref, any -> new TreeMap<>())
              .put(row.getInt("pk"), row.getString("name"));
        }
      }
    }
    keys.forEach((ref, columns) -> builder.primaryKey(ref, List.copyOf(columns.values())));
  }

  private static void readKeys(Statement statement, CatalogBuilder builder) throws SQLException {
    record Place(TableRef ref, int id, TableRef target) {}
    Map<Place, List<String[]>> pairs = new java.util.LinkedHashMap<>();
    try (ResultSet row = statement.executeQuery(KEYS)) {
      while (row.next()) {
        Place place =
            new Place(
                new TableRef(MAIN, row.getString("relation")),
                row.getInt("id"),
                new TableRef(MAIN, row.getString("target")));
        String goal = row.getString("goal");
        pairs
            .computeIfAbsent(place, any -> new ArrayList<>())
            .add(new String[] {row.getString("source"), goal == null ? "" : goal});
      }
    }
    pairs.forEach(
        (place, columns) ->
            builder.foreignKey(
                place.ref(),
                new ForeignKey(
                    columns.stream().map(pair -> pair[0]).toList(),
                    place.target(),
                    columns.stream().map(pair -> pair[1]).filter(to -> !to.isEmpty()).toList())));
  }
}
