package dev.sluice.gateway.jdbc;

import dev.sluice.gateway.headless.ApprovalDesk;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.SqlScript;
import dev.sluice.governance.sql.StatementText;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What of [Statement] and [PreparedStatement] is served.
public final class StatementCalls {

  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("sluice-driver-clock").unstarted(task));

  private final ConnectionCalls connection;
  private final String prepared;
  private final Map<Integer, BoundText.Literal> binds = new HashMap<>();
  private final List<String> batch = new ArrayList<>();
  private @Nullable RowQueue queue;
  private @Nullable ResultSet result;
  private @Nullable Statement proxy;
  private @Nullable SQLWarning warnings;
  private long updateCount = -1;
  private long mostRows;
  private int seconds;
  private boolean closed;

  StatementCalls(ConnectionCalls connection, String prepared) {
    this.connection = connection;
    this.prepared = prepared;
  }

  Statement asStatement() {
    Statement made = Refusing.as(Statement.class, this);
    proxy = made;
    return made;
  }

  PreparedStatement asPreparedStatement() {
    PreparedStatement made = Refusing.as(PreparedStatement.class, this);
    proxy = made;
    return made;
  }

  @Nullable Statement proxy() {
    return proxy;
  }

  long mostRows() {
    return mostRows;
  }

  public boolean execute(String sql) throws SQLException {
    run(sql);
    return result != null;
  }

  public boolean execute() throws SQLException {
    return execute(bound());
  }

  public ResultSet executeQuery(String sql) throws SQLException {
    run(sql);
    ResultSet rows = result;
    if (rows == null) {
      throw SqlProblems.wrongUse("The statement gave no rows. It ran.");
    }
    return rows;
  }

  public ResultSet executeQuery() throws SQLException {
    return executeQuery(bound());
  }

  public int executeUpdate(String sql) throws SQLException {
    return (int) Math.min(Integer.MAX_VALUE, executeLargeUpdate(sql));
  }

  public int executeUpdate() throws SQLException {
    return executeUpdate(bound());
  }

  public long executeLargeUpdate(String sql) throws SQLException {
    run(sql);
    if (result != null) {
      throw SqlProblems.wrongUse("The statement gave rows: use executeQuery.");
    }
    return Math.max(0, updateCount);
  }

  public long executeLargeUpdate() throws SQLException {
    return executeLargeUpdate(bound());
  }

  private String bound() throws SQLException {
    if (prepared.isEmpty()) {
      throw SqlProblems.wrongUse("This statement was not prepared.");
    }
    return BoundText.of(prepared, connection.engine(), binds);
  }

  private void run(String sql) throws SQLException {
    check();
    closeResult();
    List<StatementText> statements = SqlScript.cut(sql, connection.engine()).statements();
    if (statements.size() != 1) {
      throw SqlProblems.notSupported(
          "The text holds " + statements.size() + " statements; one at a time runs.");
    }
    StatementText statement = statements.getFirst();
    RowQueue rows = new RowQueue();
    connection.start(this, statement, rows);
    queue = rows;
    if (seconds > 0) {
      CLOCK.schedule(rows::cancel, seconds, TimeUnit.SECONDS);
    }
    finish(statement, rows);
  }

  private void finish(StatementText statement, RowQueue rows) throws SQLException {
    rows.awaitShape();
    RunEvent end = rows.end();
    switch (end) {
      case null -> show(rows);
      case RunEvent.Completed completed -> {
        keepWarnings(completed);
        if (rows.columns().isEmpty()) {
          updateCount = completed.updateCount();
        } else {
          show(rows);
        }
      }
      case RunEvent.Refused refused when refused.decision() instanceof Decision.NeedsApproval ->
          ask(statement, refused);
      case RunEvent.Refused refused -> throw SqlProblems.denied(refused);
      case RunEvent.Failed failed -> throw SqlProblems.of(failed.problem());
      case RunEvent.Cancelled cancelled -> throw SqlProblems.cancelled();
      case RunEvent.StateChanged open -> throw new IllegalStateException("Not an end.");
      case RunEvent.ColumnsKnown open -> throw new IllegalStateException("Not an end.");
      case RunEvent.Rows open -> throw new IllegalStateException("Not an end.");
    }
  }

  private void show(RowQueue rows) {
    updateCount = -1;
    result = Refusing.as(ResultSet.class, new ResultCalls(this, rows));
  }

  private void keepWarnings(RunEvent.Completed completed) {
    for (String words : completed.warnings()) {
      SQLWarning warning = new SQLWarning(words, "01000");
      if (warnings == null) {
        warnings = warning;
      } else {
        warnings.setNextWarning(warning);
      }
    }
  }

  /// Runs what was approved before; else asks, and says so.
  private void ask(StatementText statement, RunEvent.Refused refused) throws SQLException {
    SluiceUrl address = connection.address();
    if (address.get("approval").equals("never")) {
      throw SqlProblems.approvalNeeded(refused, "");
    }
    String reason =
        address.get("reason").isEmpty() ? "Sent by a program over JDBC." : address.get("reason");
    try {
      ApprovalDesk desk = new ApprovalDesk(connection.workspace(), connection.name());
      Optional<String> approved = desk.approved(statement.text());
      if (approved.isEmpty()) {
        approved = Optional.of(waited(desk, statement, refused, reason));
      }
      if (connection.inTransaction()) {
        throw SqlProblems.wrongUse(
            "This statement was approved, and runs on the server in a transaction of its own, so"
                + " not in this one. End this transaction and run it with auto-commit.");
      }
      RowQueue rows = new RowQueue();
      queue = rows;
      rows.started(connection.workspace().runApproved(approved.get(), rows));
      finish(statement, rows);
    } catch (WorkspaceProblem e) {
      throw SqlProblems.of(e);
    }
  }

  /// Asks, and waits for as long as the connection was told to.
  ///
  /// @return the request, which people have approved
  private String waited(
      ApprovalDesk desk, StatementText statement, RunEvent.Refused refused, String reason)
      throws SQLException, WorkspaceProblem {
    String request = desk.waiting(statement, reason);
    Duration patience = connection.address().patience();
    if (patience.isZero() || connection.inTransaction()) {
      throw SqlProblems.approvalNeeded(refused, request);
    }
    try {
      return switch (desk.await(request, patience)) {
        case APPROVED -> request;
        case PENDING -> throw SqlProblems.approvalNeeded(refused, request);
        case REJECTED, CANCELLED, EXPIRED_PENDING, EXPIRED_UNUSED, STALE, REVOKED, EXHAUSTED ->
            throw SqlProblems.notApproved(refused, request);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SqlProblems.cancelled();
    }
  }

  public @Nullable ResultSet getResultSet() {
    return result;
  }

  public int getUpdateCount() {
    return (int) Math.min(Integer.MAX_VALUE, updateCount);
  }

  public long getLargeUpdateCount() {
    return updateCount;
  }

  public boolean getMoreResults() {
    closeResult();
    updateCount = -1;
    return false;
  }

  public void addBatch(String sql) {
    batch.add(sql);
  }

  public void addBatch() throws SQLException {
    batch.add(bound());
  }

  public void clearBatch() {
    batch.clear();
  }

  /// Statement by statement; the first that does not run stops the rest.
  public int[] executeBatch() throws SQLException {
    int[] counts = new int[batch.size()];
    for (int at = 0; at < counts.length; at++) {
      try {
        counts[at] = executeUpdate(batch.get(at));
      } catch (SQLException e) {
        throw new java.sql.BatchUpdateException(
            e.getMessage(), e.getSQLState(), java.util.Arrays.copyOf(counts, at), e);
      }
    }
    batch.clear();
    return counts;
  }

  public void cancel() {
    RowQueue rows = queue;
    if (rows != null) {
      rows.cancel();
    }
  }

  public void setQueryTimeout(int wanted) {
    seconds = wanted;
  }

  public int getQueryTimeout() {
    return seconds;
  }

  public void setMaxRows(int wanted) {
    mostRows = wanted;
  }

  public int getMaxRows() {
    return (int) mostRows;
  }

  public void setLargeMaxRows(long wanted) {
    mostRows = wanted;
  }

  public long getLargeMaxRows() {
    return mostRows;
  }

  public void setFetchSize(int rows) {
    // A hint; batches have the executor's size.
  }

  public int getFetchSize() {
    return 0;
  }

  public void setFetchDirection(int direction) throws SQLException {
    if (direction != ResultSet.FETCH_FORWARD) {
      throw SqlProblems.notSupported("Results are read forward.");
    }
  }

  public int getFetchDirection() {
    return ResultSet.FETCH_FORWARD;
  }

  public void setEscapeProcessing(boolean wanted) {
    // There is none: a text runs as it is written.
  }

  public int getMaxFieldSize() {
    return 0;
  }

  public int getResultSetType() {
    return ResultSet.TYPE_FORWARD_ONLY;
  }

  public int getResultSetConcurrency() {
    return ResultSet.CONCUR_READ_ONLY;
  }

  public int getResultSetHoldability() {
    return ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  public Connection getConnection() {
    return connection.proxy();
  }

  public @Nullable SQLWarning getWarnings() {
    return warnings;
  }

  public void clearWarnings() {
    warnings = null;
  }

  public boolean isPoolable() {
    return false;
  }

  public void setPoolable(boolean wanted) {
    // A hint.
  }

  public boolean isClosed() {
    return closed;
  }

  public void close() {
    if (!closed) {
      closed = true;
      closeResult();
      connection.forget(this);
    }
  }

  /// Takes in what is left of a result that is being read, so that the session is free.
  void settle() throws SQLException {
    RowQueue rows = queue;
    if (rows != null) {
      rows.readAll();
    }
  }

  private void closeResult() {
    RowQueue rows = queue;
    if (rows != null) {
      rows.close();
    }
    queue = null;
    result = null;
  }

  private void check() throws SQLException {
    if (closed) {
      throw SqlProblems.closed("statement");
    }
  }

  private void bind(int number, @Nullable Object value) throws SQLException {
    check();
    int places = BoundText.places(prepared, connection.engine());
    if (number < 1 || number > places) {
      throw SqlProblems.wrongUse("There is no parameter " + number + "; there are " + places + ".");
    }
    binds.put(number, new BoundText.Literal(value));
  }

  public void clearParameters() {
    binds.clear();
  }

  public void setNull(int number, int type) throws SQLException {
    bind(number, null);
  }

  public void setNull(int number, int type, String name) throws SQLException {
    bind(number, null);
  }

  public void setBoolean(int number, boolean value) throws SQLException {
    bind(number, value);
  }

  public void setByte(int number, byte value) throws SQLException {
    bind(number, value);
  }

  public void setShort(int number, short value) throws SQLException {
    bind(number, value);
  }

  public void setInt(int number, int value) throws SQLException {
    bind(number, value);
  }

  public void setLong(int number, long value) throws SQLException {
    bind(number, value);
  }

  public void setFloat(int number, float value) throws SQLException {
    bind(number, value);
  }

  public void setDouble(int number, double value) throws SQLException {
    bind(number, value);
  }

  public void setBigDecimal(int number, @Nullable BigDecimal value) throws SQLException {
    bind(number, value);
  }

  public void setString(int number, @Nullable String value) throws SQLException {
    bind(number, value);
  }

  public void setNString(int number, @Nullable String value) throws SQLException {
    bind(number, value);
  }

  public void setDate(int number, @Nullable Date value) throws SQLException {
    bind(number, value);
  }

  public void setTime(int number, @Nullable Time value) throws SQLException {
    bind(number, value);
  }

  public void setTimestamp(int number, @Nullable Timestamp value) throws SQLException {
    bind(number, value);
  }

  public void setObject(int number, @Nullable Object value) throws SQLException {
    bind(number, value);
  }

  public void setObject(int number, @Nullable Object value, int type) throws SQLException {
    bind(number, value);
  }
}
