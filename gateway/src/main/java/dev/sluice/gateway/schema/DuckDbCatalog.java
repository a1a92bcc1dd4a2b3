package dev.sluice.gateway.schema;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.DeclaredFunction;
import dev.sluice.governance.catalog.ForeignKey;
import dev.sluice.governance.catalog.RelationKind;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.Dialect;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/// The current database through DuckDB's own table functions.
final class DuckDbCatalog implements CatalogReader {

  private static final String HERE = " WHERE database_name = current_database() AND NOT internal ";

  @Override
  public CatalogSnapshot read(Connection connection) throws SQLException {
    CatalogBuilder builder = new CatalogBuilder();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "SELECT schema_name, table_name, comment, estimated_size FROM duckdb_tables()"
                  + HERE
                  + "ORDER BY 1, 2")) {
        while (row.next()) {
          builder.relation(ref(row), RelationKind.TABLE, null, row.getString(3), row.getLong(4));
        }
      }
      try (ResultSet row =
          statement.executeQuery(
              "SELECT schema_name, view_name, comment, sql FROM duckdb_views()"
                  + HERE
                  + "ORDER BY 1, 2")) {
        while (row.next()) {
          String query = ViewText.query(row.getString(4), Dialect.DUCKDB).orElse(null);
          builder.relation(ref(row), RelationKind.VIEW, query, row.getString(3), -1);
        }
      }
      readColumns(statement, builder);
      readKeys(statement, builder);
      readFunctions(statement, builder);
    }
    return builder.snapshot(List.of("main"));
  }

  private static TableRef ref(ResultSet row) throws SQLException {
    return new TableRef(row.getString(1), row.getString(2));
  }

  private static void readColumns(Statement statement, CatalogBuilder builder) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT schema_name, table_name, column_name, data_type, is_nullable, comment FROM"
                + " duckdb_columns()"
                + HERE
                + "ORDER BY schema_name, table_name, column_index")) {
      while (row.next()) {
        String comment = row.getString(6);
        builder.column(
            ref(row),
            new CatalogColumn(
                row.getString(3),
                row.getString(4),
                row.getBoolean(5),
                comment == null ? "" : comment));
      }
    }
  }

  private static void readKeys(Statement statement, CatalogBuilder builder) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT schema_name, table_name, constraint_type, constraint_column_names,"
                + " referenced_table, referenced_column_names FROM duckdb_constraints()"
                + " WHERE database_name = current_database() AND constraint_type IN"
                + " ('PRIMARY KEY', 'FOREIGN KEY') ORDER BY 1, 2, constraint_index")) {
      while (row.next()) {
        List<String> columns = texts(row.getArray(4));
        if (row.getString(3).equals("PRIMARY KEY")) {
          builder.primaryKey(ref(row), columns);
        } else {
          builder.foreignKey(
              ref(row),
              new ForeignKey(
                  columns,
                  new TableRef(row.getString(1), row.getString(5)),
                  texts(row.getArray(6))));
        }
      }
    }
  }

  private static void readFunctions(Statement statement, CatalogBuilder builder)
      throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT schema_name, function_name FROM duckdb_functions()"
                + " WHERE database_name = current_database() AND NOT internal ORDER BY 1, 2")) {
      while (row.next()) {
        builder.function(
            new DeclaredFunction(row.getString(1), row.getString(2), List.of(), false, false));
      }
    }
  }

  private static List<String> texts(Array array) throws SQLException {
    return array == null
        ? List.of()
        : Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
  }
}
