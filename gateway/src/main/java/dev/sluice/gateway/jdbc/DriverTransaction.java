package dev.sluice.gateway.jdbc;

import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.StatementSession;
import dev.sluice.gateway.workspace.TransactionState;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementText;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The transactions of one JDBC connection. BEGIN, COMMIT, ROLLBACK and savepoints are statements
/// like any other: decided, announced and written down. A transaction begins with the first
/// statement after auto-commit was turned off, and holds one database session until it ends.
final class DriverTransaction {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,40}");
  private static final String ROLLED_BACK = "40000";

  private final StatementSession session;
  private final Dialect engine;
  private boolean autoCommit = true;
  private boolean begun;
  private int savepoints;

  DriverTransaction(StatementSession session, Dialect engine) {
    this.session = session;
    this.engine = engine;
  }

  boolean isAutoCommit() {
    return autoCommit;
  }

  /// Turning it on commits what is open, as JDBC wants it.
  void setAutoCommit(boolean wanted) throws SQLException {
    if (wanted && !autoCommit) {
      commit();
    }
    autoCommit = wanted;
  }

  /// Starts a statement in the transaction, which it begins when there is none yet.
  void run(StatementText statement, RowQueue rows) throws SQLException {
    begin();
    rows.started(session.run(statement, rows));
  }

  private void begin() throws SQLException {
    if (begun && !session.transaction().isHeld()) {
      begun = false;
      throw lost();
    }
    if (!begun) {
      say(
          switch (engine) {
            case MYSQL, MARIADB, TRINO, ANSI -> "START TRANSACTION";
            case SQLSERVER -> "BEGIN TRANSACTION";
            case POSTGRESQL, SQLITE, DUCKDB -> "BEGIN";
          });
      begun = true;
    }
  }

  private static SQLException lost() {
    return new SQLException(
        "The database session of this transaction was lost, and the database has rolled it back."
            + " Nothing of it remains; begin again.",
        ROLLED_BACK);
  }

  /// @throws SQLException when nothing was committed, also because a statement before had failed
  void commit() throws SQLException {
    manual("commit");
    if (!begun) {
      return;
    }
    begun = false;
    TransactionState.Kind kind = session.transaction().kind();
    switch (kind) {
      case OPEN -> say("COMMIT");
      case FAILED -> {
        // The database would answer a COMMIT with a silent ROLLBACK.
        say("ROLLBACK");
        throw new SQLException(
            "A statement of this transaction failed, so it was rolled back and not committed.",
            ROLLED_BACK);
      }
      case NONE, LOST -> throw lost();
    }
  }

  void rollback() throws SQLException {
    manual("roll back");
    boolean open = begun && session.transaction().isHeld();
    begun = false;
    if (open) {
      say("ROLLBACK");
    }
  }

  Savepoint savepoint(@Nullable String name) throws SQLException {
    manual("set a savepoint in");
    if (name != null && !NAME.matcher(name).matches()) {
      throw SqlProblems.wrongUse(
          "A savepoint's name has letters, digits and \"_\", at most 41 of them.");
    }
    begin();
    savepoints++;
    Mark mark = new Mark(savepoints, name);
    say("SAVEPOINT " + mark.word());
    return mark;
  }

  void rollback(Savepoint savepoint) throws SQLException {
    say("ROLLBACK TO SAVEPOINT " + mark(savepoint).word());
  }

  void release(Savepoint savepoint) throws SQLException {
    say("RELEASE SAVEPOINT " + mark(savepoint).word());
  }

  private Mark mark(Savepoint savepoint) throws SQLException {
    if (savepoint instanceof Mark mark && begun && session.transaction().isHeld()) {
      return mark;
    }
    throw SqlProblems.wrongUse("This savepoint is not one of an open transaction.");
  }

  private void manual(String what) throws SQLException {
    if (autoCommit) {
      throw SqlProblems.wrongUse(
          "There is no transaction to "
              + what
              + ": each statement was committed when it ended. Turn auto-commit off first.");
    }
  }

  /// Runs a statement of ours, and waits for its end.
  private void say(String sql) throws SQLException {
    RowQueue rows = new RowQueue();
    rows.started(session.run(StatementText.of(sql), rows));
    rows.awaitShape();
    switch (rows.end()) {
      case null -> throw SqlProblems.wrongUse(sql + " gave rows.");
      case RunEvent.Completed completed -> {}
      case RunEvent.Refused refused when refused.decision() instanceof Decision.NeedsApproval ->
          throw SqlProblems.approvalNeeded(refused, "");
      case RunEvent.Refused refused -> throw SqlProblems.denied(refused);
      case RunEvent.Failed failed -> throw SqlProblems.of(failed.problem());
      case RunEvent.Cancelled cancelled -> throw SqlProblems.cancelled();
      case RunEvent.StateChanged open -> throw new IllegalStateException("Not an end.");
      case RunEvent.ColumnsKnown open -> throw new IllegalStateException("Not an end.");
      case RunEvent.Rows open -> throw new IllegalStateException("Not an end.");
    }
  }

  /// The isolation that the engine gives without being asked, which is the only one served.
  static int isolation(Dialect engine) {
    return switch (engine) {
      case POSTGRESQL, SQLSERVER -> Connection.TRANSACTION_READ_COMMITTED;
      case MYSQL, MARIADB -> Connection.TRANSACTION_REPEATABLE_READ;
      case SQLITE, DUCKDB -> Connection.TRANSACTION_SERIALIZABLE;
      case TRINO, ANSI -> Connection.TRANSACTION_NONE;
    };
  }

  /// Rolls back what is open.
  void close() {
    session.close();
  }

  /// @param name empty for one that JDBC knows by its number
  private record Mark(int number, @Nullable String name) implements Savepoint {
    String word() {
      return name == null ? String.format(Locale.ROOT, "sluice_%d", number) : name;
    }

    @Override
    public String toString() {
      return "Sluice savepoint " + word();
    }

    @Override
    public int getSavepointId() throws SQLException {
      if (name != null) {
        throw SqlProblems.wrongUse("This savepoint has a name, not a number.");
      }
      return number;
    }

    @Override
    public String getSavepointName() throws SQLException {
      if (name == null) {
        throw SqlProblems.wrongUse("This savepoint has a number, not a name.");
      }
      return name;
    }
  }
}
