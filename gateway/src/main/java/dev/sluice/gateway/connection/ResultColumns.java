package dev.sluice.gateway.connection;

import dev.sluice.gateway.execution.BackendColumn;
import dev.sluice.gateway.execution.BackendColumn.Origin;
import dev.sluice.governance.sql.Dialect;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGResultSetMetaData;

/// Describes result columns, with the base table and column where the driver tells them.
final class ResultColumns {

  private ResultColumns() {}

  static List<BackendColumn> of(ResultSetMetaData data, Dialect engine) throws SQLException {
    List<BackendColumn> columns = new ArrayList<>(data.getColumnCount());
    for (int column = 1; column <= data.getColumnCount(); column++) {
      columns.add(
          new BackendColumn(
              data.getColumnLabel(column),
              String.valueOf(data.getColumnTypeName(column)),
              origin(data, engine, column)));
    }
    return columns;
  }

  private static Optional<Origin> origin(ResultSetMetaData data, Dialect engine, int column)
      throws SQLException {
    return switch (engine) {
      case POSTGRESQL -> {
        PGResultSetMetaData server = (PGResultSetMetaData) data;
        yield origin(
            server.getBaseSchemaName(column),
            server.getBaseTableName(column),
            server.getBaseColumnName(column));
      }
      // SQLite's driver names the table only; MariaDB's names both.
      case SQLITE -> origin("", data.getTableName(column), "");
      case MARIADB, MYSQL ->
          origin(
              data.getCatalogName(column), data.getTableName(column), data.getColumnName(column));
      case DUCKDB, SQLSERVER, TRINO, ANSI -> Optional.empty();
    };
  }

  private static Optional<Origin> origin(String schema, String relation, String column) {
    if (relation == null || relation.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Origin(schema == null ? "" : schema, relation, column == null ? "" : column));
  }
}
