package dev.sluice.app.fake;

import dev.sluice.gateway.workspace.Run;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.StatementSession;
import dev.sluice.gateway.workspace.TransactionState;
import dev.sluice.governance.sql.StatementText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Follows BEGIN, COMMIT and ROLLBACK; the rest is the workspace's.
final class FakeSession implements StatementSession {

  private final FakeWorkspace workspace;
  private final String connection;
  private volatile TransactionState state = TransactionState.NONE;

  FakeSession(FakeWorkspace workspace, String connection) {
    this.workspace = workspace;
    this.connection = connection;
  }

  @Override
  public Run run(StatementText statement, Consumer<RunEvent> listener) {
    String word = statement.text().strip().toUpperCase(Locale.ROOT);
    switch (word) {
      case "BEGIN" -> state = new TransactionState(TransactionState.Kind.OPEN, Instant.now(), 0);
      case "COMMIT", "ROLLBACK" -> state = TransactionState.NONE;
      default -> {
        if (state.isHeld()) {
          state = new TransactionState(state.kind(), state.since(), state.statements() + 1);
        }
        return workspace.run(connection, statement, listener);
      }
    }
    Thread.ofPlatform()
        .daemon()
        .start(
            () ->
                listener.accept(
                    new RunEvent.Completed(
                        0, 0, false, Duration.ZERO, Duration.ofMillis(1), List.of(), "")));
    return new Run() {
      @Override
      public void cancel() {}

      @Override
      public boolean isDone() {
        return true;
      }
    };
  }

  @Override
  public TransactionState transaction() {
    return state;
  }

  @Override
  public void close() {
    state = TransactionState.NONE;
  }
}
