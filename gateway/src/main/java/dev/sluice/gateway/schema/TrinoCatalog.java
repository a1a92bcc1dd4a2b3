package dev.sluice.gateway.schema;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.RelationKind;
import dev.sluice.governance.catalog.TableRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// All catalogs of a Trino server that the login sees, each through its `information_schema`; the
/// schema of a table is `catalog.schema`.
///
/// A catalog whose source is down is left out: its tables are then unknown, and refused. Trino's
/// own catalogs, which show what other people run, are left out too. So are functions that people
/// made: Trino looks for its own of that name first, and others are refused as unknown.
final class TrinoCatalog implements CatalogReader {

  private record Session(String catalog, String schema) {
    String pair() {
      return catalog + "." + schema;
    }
  }

  @Override
  public CatalogSnapshot read(Connection connection) throws SQLException {
    CatalogBuilder builder = new CatalogBuilder();
    Session session = session(connection);
    for (String catalog : catalogs(connection)) {
      CatalogBuilder one = new CatalogBuilder();
      try {
        readRelations(connection, catalog, one);
        readColumns(connection, catalog, one);
      } catch (SQLException e) {
        if (catalog.equals(session.catalog()) || !isAnswer(e)) {
          throw e;
        }
        continue;
      }
      builder.addAll(one);
    }
    return builder.snapshot(List.of(session.pair()));
  }

  /// Whether Trino answered that it cannot read the source, and the session goes on.
  private static boolean isAnswer(SQLException e) {
    return e.getErrorCode() != 0;
  }

  private static Session session(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT current_catalog, current_schema")) {
      row.next();
      Session session =
          new Session(String.valueOf(row.getString(1)), String.valueOf(row.getString(2)));
      row.next();
      return session;
    }
  }

  private static List<String> catalogs(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW CATALOGS")) {
      while (row.next()) {
        String name = row.getString(1);
        // With a dot it could not be told from its schema.
        if (!name.equals("system") && !name.equals("jmx") && name.indexOf('.') < 0) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private static TableRef ref(String catalog, ResultSet row) throws SQLException {
    return new TableRef(catalog + "." + row.getString(1), row.getString(2));
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private static void readRelations(Connection connection, String catalog, CatalogBuilder builder)
      throws SQLException {
    String from = " FROM " + quoted(catalog) + ".information_schema.";
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "SELECT table_schema, table_name, table_type"
                  + from
                  + "tables WHERE table_schema <> 'information_schema'")) {
        while (row.next()) {
          boolean view = row.getString(3).contains("VIEW");
          RelationKind kind = view ? RelationKind.VIEW : RelationKind.TABLE;
          builder.relation(ref(catalog, row), kind, null, null, -1);
        }
      }
      try (ResultSet row =
          statement.executeQuery(
              "SELECT table_schema, table_name, view_definition"
                  + from
                  + "views WHERE table_schema <> 'information_schema'")) {
        while (row.next()) {
          builder.relation(ref(catalog, row), RelationKind.VIEW, row.getString(3), null, -1);
        }
      }
    }
    // Trino lists them as tables; what they show is their query's.
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT schema_name, name, definition FROM system.metadata.materialized_views"
                + " WHERE catalog_name = ?")) {
      statement.setString(1, catalog);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          TableRef ref = ref(catalog, row);
          builder.relation(ref, RelationKind.MATERIALIZED_VIEW, row.getString(3), null, -1);
        }
      }
    }
  }

  private static void readColumns(Connection connection, String catalog, CatalogBuilder builder)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT table_schema, table_name, column_name, data_type, is_nullable FROM "
                    + quoted(catalog)
                    + ".information_schema.columns WHERE table_schema <> 'information_schema'"
                    + " ORDER BY 1, 2, ordinal_position")) {
      while (row.next()) {
        builder.column(
            ref(catalog, row),
            new CatalogColumn(
                row.getString(3), row.getString(4), "YES".equals(row.getString(5)), ""));
      }
    }
  }
}
