package dev.sluice.gateway.connection;

import dev.sluice.gateway.execution.Backend;
import dev.sluice.gateway.execution.BackendFailure;
import dev.sluice.gateway.execution.BackendRequest;
import dev.sluice.gateway.execution.BackendResult;
import dev.sluice.governance.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A pooled JDBC session as a backend.
///
/// Each statement is its own transaction: a read is rolled back when its result is closed, a change
/// lasts only after [BackendResult#commit]. Transaction statements ([BackendRequest.Mode]
/// `TRANSACTION`) open and end a transaction of the person's own, in which later statements of this
/// session take part; what is still open when the session closes is rolled back.
public final class JdbcBackend implements Backend {

  /// How much longer than the statement's own limit a silent socket is waited for.
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final ConnectionPool pool;
  private final Connection connection;
  private final AtomicReference<@Nullable Statement> running = new AtomicReference<>();
  private volatile boolean cancelled;
  private volatile boolean abandoned;
  private boolean personsTransaction;

  private JdbcBackend(ConnectionPool pool, Connection connection) {
    this.pool = pool;
    this.connection = connection;
  }

  /// Takes a pinned session from the pool.
  public static JdbcBackend open(ConnectionPool pool) throws BackendFailure {
    try {
      return new JdbcBackend(pool, pool.borrow());
    } catch (SQLException e) {
      throw unreachable(e, pool.definition().engine());
    }
  }

  private static BackendFailure unreachable(SQLException e, Dialect engine) {
    SQLException cause = e.getCause() instanceof SQLException inner ? inner : e;
    BackendFailure failure = Failures.of(cause, engine, false, "");
    BackendFailure.Kind kind =
        failure.kind() == BackendFailure.Kind.SESSION
            ? BackendFailure.Kind.SESSION
            : BackendFailure.Kind.CONNECTION;
    String message = cause.getMessage() == null ? "" : cause.getMessage();
    return new BackendFailure(
        kind, failure.sqlState(), failure.vendorCode(), java.util.OptionalInt.empty(), message);
  }

  @Override
  public BackendResult execute(BackendRequest request) throws BackendFailure {
    cancelled = false;
    try {
      boolean own = request.mode() != BackendRequest.Mode.TRANSACTION && !personsTransaction;
      if (own) {
        pool.profile().begin(connection, request.mode() == BackendRequest.Mode.READ);
      } else if (!personsTransaction) {
        pool.profile().beginOwn(connection, pool.purpose());
      }
      return send(request, own);
    } catch (SQLException e) {
      throw failure(e, request);
    }
  }

  private BackendResult send(BackendRequest request, boolean own)
      throws SQLException, BackendFailure {
    Statement statement = connection.createStatement();
    try {
      statement.setEscapeProcessing(false);
      int fetchRows = pool.profile().fetchSize(request.fetchRows());
      if (fetchRows > 0) {
        statement.setFetchSize(fetchRows);
      }
      if (request.timeLimit().isPresent()) {
        limit(statement, request.timeLimit().get());
      }
      running.set(statement);
      boolean rows = statement.execute(request.text());
      JdbcResult result =
          new JdbcResult(this, statement, rows, own, request, pool.definition().engine());
      if (request.mode() == BackendRequest.Mode.TRANSACTION) {
        personsTransaction = TransactionWords.opensAfter(request.text(), personsTransaction);
        pool.profile().ownTransaction(connection, personsTransaction);
      }
      return result;
    } catch (SQLException | BackendFailure | RuntimeException e) {
      running.set(null);
      closeQuietly(statement);
      if (own) {
        undo();
      }
      throw e;
    }
  }

  private void limit(Statement statement, Duration limit) throws SQLException {
    statement.setQueryTimeout((int) Math.max(1, limit.toSeconds()));
    if (!pool.definition().isFile()) {
      connection.setNetworkTimeout(Runnable::run, (int) limit.plus(GRACE).toMillis());
    }
  }

  /// The result is closed: the transaction of the statement ends, without a trace unless committed.
  void ended(Statement statement, boolean own) {
    running.compareAndSet(statement, null);
    if (abandoned) {
      return;
    }
    closeQuietly(statement);
    if (own) {
      undo();
    }
  }

  void commit() throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
  }

  /// Whether a transaction of the person's own is open.
  public boolean inTransaction() {
    return personsTransaction;
  }

  /// Whether its session is one of `other`.
  public boolean isOf(ConnectionPool other) {
    return pool == other;
  }

  public boolean isAbandoned() {
    return abandoned;
  }

  /// What the driver threw, sorted.
  BackendFailure failure(SQLException e, BackendRequest request) {
    return Failures.of(e, pool.definition().engine(), cancelled, request.text());
  }

  private void undo() {
    try {
      if (connection.getAutoCommit()) {
        pool.profile().reset(connection, pool.definition(), pool.purpose());
      } else {
        pool.profile().end(connection);
      }
    } catch (SQLException e) {
      abandon();
    }
  }

  private static void closeQuietly(Statement statement) {
    try {
      statement.close();
    } catch (SQLException e) {
      // The session is checked when it goes back, and thrown away when it does not answer.
    }
  }

  @Override
  public void cancel() {
    Statement statement = running.get();
    if (statement == null) {
      return;
    }
    cancelled = true;
    Thread.ofPlatform()
        .daemon()
        .name("sluice-cancel")
        .start(
            () -> {
              try {
                statement.cancel();
              } catch (SQLException e) {
                // It ended by itself, or the road is gone: then the caller abandons the session.
              }
            });
  }

  @Override
  public void abandon() {
    if (abandoned) {
      return;
    }
    abandoned = true;
    cancelled = true;
    Thread.ofPlatform()
        .daemon()
        .name("sluice-abandon")
        .start(
            () -> {
              try {
                connection.abort(Runnable::run);
              } catch (SQLException e) {
                // Nothing more can be done for a socket that is already gone.
              }
              pool.throwAway(connection);
            });
  }

  @Override
  public void close() {
    if (!abandoned) {
      abandoned = true;
      pool.giveBack(connection);
    }
  }
}
