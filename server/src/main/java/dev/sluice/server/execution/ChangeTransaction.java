package dev.sluice.server.execution;

import dev.sluice.gateway.execution.Backend;
import dev.sluice.gateway.execution.BackendFailure;
import dev.sluice.gateway.execution.BackendRequest;
import dev.sluice.gateway.execution.BackendRequest.Mode;
import dev.sluice.gateway.execution.BackendResult;
import dev.sluice.governance.sql.Dialect;
import java.time.Duration;
import java.util.Optional;

/// A session in which several changes are one transaction of the server's own: none waits longer
/// for a lock than it may, none affects more rows than the connection's ceiling, and nothing stays
/// before [#commit]. Closing it takes back what is not committed; the session stays its owner's.
final class ChangeTransaction implements Backend {

  private static final Duration LOCK_WAIT = Duration.ofSeconds(10);

  private final Backend session;
  private final Dialect dialect;
  private final long rowCeiling;
  private boolean open;

  /// @param rowCeiling for each change; -1 for none
  ChangeTransaction(Backend session, Dialect dialect, long rowCeiling) {
    this.session = session;
    this.dialect = dialect;
    this.rowCeiling = rowCeiling;
  }

  /// @param several more than one change follows; one alone is a transaction by itself where
  ///     waiting for locks is not limited
  void begin(boolean several) throws BackendFailure {
    boolean limitsLocks =
        switch (dialect) {
          case POSTGRESQL, MARIADB, MYSQL -> true;
          case SQLITE, DUCKDB, SQLSERVER, TRINO, ANSI -> false;
        };
    if (!several && !limitsLocks) {
      return;
    }
    switch (dialect) {
      case POSTGRESQL -> {
        tell("BEGIN", Mode.TRANSACTION);
        open = true;
        tell("SET LOCAL lock_timeout = '" + LOCK_WAIT.toMillis() + "ms'", Mode.WRITE);
      }
      case MARIADB, MYSQL -> {
        tell("SET SESSION innodb_lock_wait_timeout = " + LOCK_WAIT.toSeconds(), Mode.READ);
        tell("SET SESSION lock_wait_timeout = " + LOCK_WAIT.toSeconds(), Mode.READ);
        tell("START TRANSACTION", Mode.TRANSACTION);
      }
      case SQLITE -> tell("BEGIN IMMEDIATE", Mode.TRANSACTION);
      case DUCKDB, SQLSERVER -> tell("BEGIN TRANSACTION", Mode.TRANSACTION);
      case TRINO, ANSI -> tell("START TRANSACTION", Mode.TRANSACTION);
    }
    open = true;
  }

  /// Makes everything stay.
  ///
  /// @throws BackendFailure then nobody knows, unless the database itself has said no
  void commit() throws BackendFailure {
    if (!open) {
      return;
    }
    tell("COMMIT", Mode.TRANSACTION);
    open = false;
  }

  /// Takes everything back. Never throws: a transaction whose session is gone is gone too.
  void takeBack() {
    if (!open) {
      return;
    }
    open = false;
    try {
      tell("ROLLBACK", Mode.TRANSACTION);
    } catch (BackendFailure gone) {
      session.abandon();
    }
  }

  private void tell(String text, Mode mode) throws BackendFailure {
    session.execute(new BackendRequest(text, mode, Optional.empty(), 0, -1)).close();
  }

  @Override
  public BackendResult execute(BackendRequest request) throws BackendFailure {
    return session.execute(
        new BackendRequest(
            request.text(), request.mode(), request.timeLimit(), request.fetchRows(), rowCeiling));
  }

  @Override
  public void cancel() {
    session.cancel();
  }

  @Override
  public void abandon() {
    session.abandon();
  }

  @Override
  public void close() {
    takeBack();
  }
}
