package dev.sluice.server.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/// Many rows by one statement, straight on JDBC: the log writes thousands of rows a second.
final class Rows {

  private static final int AT_ONCE = 1000;

  private Rows() {}

  /// Puts a row's values into a statement.
  interface Binder<R> {
    void bind(PreparedStatement statement, R row) throws SQLException;
  }

  /// Reads a row.
  interface Reader<R> {
    R read(ResultSet row) throws SQLException;
  }

  static <R> void write(Handle handle, String sql, Collection<R> rows, Binder<R> binder) {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      int waiting = 0;
      for (R row : rows) {
        binder.bind(statement, row);
        statement.addBatch();
        if (++waiting == AT_ONCE) {
          statement.executeBatch();
          waiting = 0;
        }
      }
      if (waiting > 0) {
        statement.executeBatch();
      }
    } catch (SQLException e) {
      throw new UnableToExecuteStatementException(e, null);
    }
  }

  /// Reads the rows whose column is one of the values, by one statement of one shape.
  ///
  /// @param sql ends before the list
  /// @param type of the column, as PostgreSQL calls it
  static <R> List<R> among(
      Handle handle, String sql, String type, Collection<?> values, Reader<R> reader) {
    List<R> found = new ArrayList<>();
    if (values.isEmpty()) {
      return found;
    }
    java.sql.Connection connection = handle.getConnection();
    try {
      boolean postgresql = connection.isWrapperFor(org.postgresql.PGConnection.class);
      try (PreparedStatement statement =
          connection.prepareStatement(
              sql + (postgresql ? " = ANY (?)" : " IN (SELECT value FROM json_each(?))"))) {
        if (postgresql) {
          statement.setArray(1, connection.createArrayOf(type, values.toArray()));
        } else {
          statement.setString(1, dev.sluice.governance.audit.CanonicalJson.write(values));
        }
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            found.add(reader.read(rows));
          }
        }
      }
    } catch (SQLException e) {
      throw new UnableToExecuteStatementException(e, null);
    }
    return found;
  }
}
