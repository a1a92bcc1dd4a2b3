package dev.sluice.gateway.schema;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.DeclaredFunction;
import dev.sluice.governance.catalog.ForeignKey;
import dev.sluice.governance.catalog.RelationKind;
import dev.sluice.governance.catalog.TableRef;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// MariaDB and MySQL through `information_schema`; a database is a schema.
final class MariaDbCatalog implements CatalogReader {

  private static final String OWN =
      " NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys') ";

  @Override
  public CatalogSnapshot read(Connection connection) throws SQLException {
    CatalogBuilder builder = new CatalogBuilder();
    try (Statement statement = connection.createStatement()) {
      readRelations(statement, builder);
      readColumns(statement, builder);
      readKeys(statement, builder);
      readRoutines(statement, builder);
      try (ResultSet row = statement.executeQuery("SELECT database()")) {
        row.next();
        return builder.snapshot(List.of(row.getString(1)));
      }
    }
  }

  private static TableRef ref(ResultSet row) throws SQLException {
    return new TableRef(row.getString(1), row.getString(2));
  }

  private static void readRelations(Statement statement, CatalogBuilder builder)
      throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT t.table_schema, t.table_name, t.table_type, v.view_definition,"
                + " t.table_comment, t.table_rows FROM information_schema.tables t"
                + " LEFT JOIN information_schema.views v ON v.table_schema = t.table_schema"
                + " AND v.table_name = t.table_name WHERE t.table_schema"
                + OWN
                + "ORDER BY 1, 2")) {
      while (row.next()) {
        boolean view = row.getString(3).contains("VIEW");
        long rows = row.getLong(6);
        builder.relation(
            ref(row),
            view ? RelationKind.VIEW : RelationKind.TABLE,
            view ? row.getString(4) : null,
            view ? null : row.getString(5),
            row.wasNull() ? -1 : rows);
      }
    }
  }

  private static void readColumns(Statement statement, CatalogBuilder builder) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT table_schema, table_name, column_name, column_type, is_nullable,"
                + " column_comment FROM information_schema.columns WHERE table_schema"
                + OWN
                + "ORDER BY 1, 2, ordinal_position")) {
      while (row.next()) {
        builder.column(
            ref(row),
            new CatalogColumn(
                row.getString(3),
                row.getString(4),
                row.getString(5).equals("YES"),
                row.getString(6)));
      }
    }
  }

  private static void readKeys(Statement statement, CatalogBuilder builder) throws SQLException {
    record Key(TableRef ref, String name, TableRef target) {}
    Map<Key, List<String[]>> keys = new LinkedHashMap<>();
    try (ResultSet row =
        statement.executeQuery(
            "SELECT table_schema, table_name, constraint_name, column_name,"
                + " referenced_table_schema, referenced_table_name, referenced_column_name"
                + " FROM information_schema.key_column_usage WHERE table_schema"
                + OWN
                + "AND (constraint_name = 'PRIMARY' OR referenced_table_name IS NOT NULL)"
                + " ORDER BY 1, 2, 3, ordinal_position")) {
      while (row.next()) {
        String schema = row.getString(5);
        TableRef target =
            schema == null ? new TableRef("", "") : new TableRef(schema, row.getString(6));
        keys.computeIfAbsent(new Key(ref(row), row.getString(3), target), any -> new ArrayList<>())
            .add(new String[] {row.getString(4), row.getString(7)});
      }
    }
    keys.forEach(
        (key, pairs) -> {
          List<String> columns = pairs.stream().map(pair -> pair[0]).toList();
          if (key.target().name().isEmpty()) {
            builder.primaryKey(key.ref(), columns);
          } else {
            List<String> targets = pairs.stream().map(pair -> pair[1]).toList();
            builder.foreignKey(key.ref(), new ForeignKey(columns, key.target(), targets));
          }
        });
  }

  private static void readRoutines(Statement statement, CatalogBuilder builder)
      throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT routine_schema, routine_name FROM information_schema.routines"
                + " WHERE routine_schema"
                + OWN
                + "ORDER BY 1, 2")) {
      while (row.next()) {
        builder.function(
            new DeclaredFunction(row.getString(1), row.getString(2), List.of(), false, false));
      }
    }
  }
}
