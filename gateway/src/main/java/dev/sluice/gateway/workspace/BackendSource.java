package dev.sluice.gateway.workspace;

import dev.sluice.gateway.connection.JdbcBackend;
import dev.sluice.gateway.execution.ExecutionOutcome;
import dev.sluice.governance.sql.StatementAnalysis;

/// Where a run has its database session from, and what becomes of the session after it.
interface BackendSource {

  JdbcBackend take(StatementAnalysis analysis) throws WorkspaceProblem;

  /// Called once after each [#take].
  void done(JdbcBackend backend, ExecutionOutcome outcome);

  /// Called instead of [#done] when nothing was sent.
  void unused(JdbcBackend backend);

  /// Whether the statement would run inside a person's own transaction.
  boolean inTransaction();

  /// Each statement by itself: a session from the pool, given back at once.
  static BackendSource of(ConnectionRoad road) {
    return new BackendSource() {
      @Override
      public JdbcBackend take(StatementAnalysis analysis) throws WorkspaceProblem {
        return road.open(analysis.readsOnly());
      }

      @Override
      public void done(JdbcBackend backend, ExecutionOutcome outcome) {
        backend.close();
      }

      @Override
      public void unused(JdbcBackend backend) {
        backend.close();
      }

      @Override
      public boolean inTransaction() {
        return false;
      }
    };
  }
}
