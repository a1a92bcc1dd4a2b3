package dev.sluice.gateway.workspace;

import dev.sluice.governance.sql.StatementText;
import java.util.function.Consumer;

/// Statements of one tab on one connection, one at a time. A transaction that one of them opens
/// lasts until another ends it: meanwhile the database session is held for this tab alone. Without
/// one, nothing is held, and each statement is its own transaction.
///
/// Each statement takes the whole governed road, also BEGIN, COMMIT and ROLLBACK.
public interface StatementSession extends AutoCloseable {

  /// Runs one statement; events as for [Workspace#run]. The state is up to date before the last
  /// event.
  Run run(StatementText statement, Consumer<RunEvent> listener);

  TransactionState transaction();

  /// Rolls back what is open and gives the database session back; returns at once.
  @Override
  void close();
}
