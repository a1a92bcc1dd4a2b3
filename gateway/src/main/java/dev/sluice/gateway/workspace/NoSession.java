package dev.sluice.gateway.workspace;

import dev.sluice.governance.sql.StatementText;
import java.util.function.Consumer;

/// A session on a connection that cannot be had: each statement says why.
record NoSession(WorkspaceProblem problem) implements StatementSession {

  @Override
  public Run run(StatementText statement, Consumer<RunEvent> listener) {
    return new FailedRun(problem, listener).start();
  }

  @Override
  public TransactionState transaction() {
    return TransactionState.NONE;
  }

  @Override
  public void close() {
    // Nothing was opened.
  }
}
