package dev.sluice.gateway.connection;

import dev.sluice.gateway.execution.BackendColumn;
import dev.sluice.gateway.execution.BackendFailure;
import dev.sluice.gateway.execution.BackendNotice;
import dev.sluice.gateway.execution.BackendRequest;
import dev.sluice.gateway.execution.BackendResult;
import dev.sluice.governance.sql.Dialect;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// One JDBC result, read forward only.
final class JdbcResult implements BackendResult {

  private static final int MOST_NOTICES = 100;

  private final JdbcBackend backend;
  private final Statement statement;
  private final BackendRequest request;
  private final boolean own;
  private final @Nullable ResultSet rows;
  private final List<BackendColumn> columns;
  private final Values.Reading[] readings;
  private final long updateCount;
  private boolean closed;

  JdbcResult(
      JdbcBackend backend,
      Statement statement,
      boolean hasRows,
      boolean own,
      BackendRequest request,
      Dialect engine)
      throws SQLException, BackendFailure {
    this.backend = backend;
    this.statement = statement;
    this.own = own;
    this.request = request;
    if (hasRows) {
      this.rows = statement.getResultSet();
      ResultSetMetaData data = rows.getMetaData();
      this.columns = ResultColumns.of(data, engine);
      this.readings = new Values.Reading[columns.size()];
      for (int column = 0; column < readings.length; column++) {
        // SQLite's columns have no type of their own: each cell says what it is.
        readings[column] =
            engine == Dialect.SQLITE
                ? Values.Reading.ANY
                : Values.reading(data.getColumnType(column + 1), columns.get(column).typeName());
      }
      this.updateCount = -1;
    } else {
      this.rows = null;
      this.columns = List.of();
      this.readings = new Values.Reading[0];
      this.updateCount = Math.max(0, statement.getLargeUpdateCount());
      if (request.maxAffected() >= 0 && updateCount > request.maxAffected()) {
        throw new BackendFailure(
            BackendFailure.Kind.TOO_MANY_ROWS,
            "",
            0,
            OptionalInt.empty(),
            updateCount + " rows, allowed are " + request.maxAffected());
      }
    }
  }

  @Override
  public List<BackendColumn> columns() {
    return columns;
  }

  @Override
  public @Nullable Object @Nullable [] next() throws BackendFailure {
    ResultSet current = java.util.Objects.requireNonNull(rows, "The statement gave no rows.");
    try {
      if (!current.next()) {
        return null;
      }
      @Nullable Object[] row = new Object[readings.length];
      for (int column = 0; column < row.length; column++) {
        row[column] = Values.read(current, column + 1, readings[column]);
      }
      return row;
    } catch (SQLException e) {
      throw backend.failure(e, request);
    } catch (RuntimeException e) {
      // A driver that cannot read a cell says so with the cell's text in it.
      throw new BackendFailure(
          BackendFailure.Kind.STATEMENT,
          "",
          0,
          OptionalInt.empty(),
          "A value could not be read by the driver. Cast it to text.");
    }
  }

  @Override
  public long updateCount() {
    return updateCount;
  }

  @Override
  public boolean hasMoreResults() throws BackendFailure {
    try {
      return statement.getMoreResults() || statement.getUpdateCount() != -1;
    } catch (SQLException e) {
      throw backend.failure(e, request);
    }
  }

  @Override
  public List<BackendNotice> notices() {
    List<BackendNotice> notices = new ArrayList<>();
    try {
      for (SQLWarning warning = statement.getWarnings();
          warning != null && notices.size() < MOST_NOTICES;
          warning = warning.getNextWarning()) {
        notices.add(
            new BackendNotice(
                warning.getSQLState() == null ? "" : warning.getSQLState(),
                String.valueOf(warning.getMessage())));
      }
    } catch (SQLException e) {
      return notices;
    }
    return notices;
  }

  @Override
  public void commit() throws BackendFailure {
    if (!own) {
      return;
    }
    try {
      backend.commit();
    } catch (SQLException e) {
      throw backend.failure(e, request);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      backend.ended(statement, own);
    }
  }
}
