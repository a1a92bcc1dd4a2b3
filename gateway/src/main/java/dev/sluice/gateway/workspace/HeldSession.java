package dev.sluice.gateway.workspace;

import dev.sluice.gateway.connection.JdbcBackend;
import dev.sluice.gateway.execution.ExecutionOutcome;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementText;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Holds a database session from the statement that opens a transaction to the one that ends it.
final class HeldSession implements StatementSession, BackendSource {

  private final GovernedRun.Parts parts;
  private final ConnectionRoad road;
  private final Supplier<String> tab;
  private @Nullable JdbcBackend held;
  private boolean running;
  private boolean closed;
  private TransactionState state = TransactionState.NONE;

  /// @param tab name of the tab, for whoever finds no session free
  HeldSession(GovernedRun.Parts parts, ConnectionRoad road, Supplier<String> tab) {
    this.parts = parts;
    this.road = road;
    this.tab = tab;
  }

  @Override
  public Run run(StatementText statement, Consumer<RunEvent> listener) {
    return new GovernedRun(parts, road, this, statement, listener).start();
  }

  @Override
  public synchronized TransactionState transaction() {
    return state;
  }

  @Override
  public synchronized boolean inTransaction() {
    return state.isHeld();
  }

  @Override
  public JdbcBackend take(StatementAnalysis analysis) throws WorkspaceProblem {
    JdbcBackend own = reserve();
    if (own != null) {
      return own;
    }
    try {
      // What a transaction will hold is not known when it is opened.
      boolean opens =
          analysis.effects().stream().anyMatch(effect -> effect.kind() == EffectKind.TRANSACTION);
      return road.open(analysis.readsOnly() && !opens);
    } catch (WorkspaceProblem | RuntimeException e) {
      release();
      throw e;
    }
  }

  private synchronized @Nullable JdbcBackend reserve() throws WorkspaceProblem {
    if (running || closed) {
      throw new WorkspaceProblem(
          "session-busy",
          WorkspaceProblem.Blame.USER,
          "The last statement of this tab has not let go of its database session yet.",
          "Wait a moment and run it again, or use another tab.");
    }
    running = true;
    return held;
  }

  private synchronized void release() {
    running = false;
  }

  @Override
  public void unused(JdbcBackend backend) {
    boolean keep;
    synchronized (this) {
      running = false;
      keep = backend == held && !closed && !backend.isAbandoned();
      if (!keep && backend == held) {
        held = null;
        state =
            new TransactionState(
                TransactionState.Kind.LOST, parts.clock().instant(), state.statements());
      }
    }
    if (!keep) {
      end(backend);
    }
  }

  @Override
  public void done(JdbcBackend backend, ExecutionOutcome outcome) {
    boolean keep;
    synchronized (this) {
      running = false;
      boolean wasOpen = held == backend;
      boolean broken = backend.isAbandoned() || isBroken(outcome);
      keep = !broken && backend.inTransaction() && !closed;
      state = next(wasOpen, broken, keep, outcome);
      held = keep ? backend : null;
    }
    if (keep) {
      road.hold(backend, tab);
    } else {
      end(backend);
    }
  }

  private void end(JdbcBackend backend) {
    road.letGo(backend);
    backend.close();
  }

  private TransactionState next(
      boolean wasOpen, boolean broken, boolean keep, ExecutionOutcome outcome) {
    if (keep) {
      boolean failed =
          state.kind() == TransactionState.Kind.FAILED
              ? !(outcome instanceof ExecutionOutcome.Completed)
              : wasOpen
                  && road.context().engine() == Dialect.POSTGRESQL
                  && !(outcome instanceof ExecutionOutcome.Completed);
      return new TransactionState(
          failed ? TransactionState.Kind.FAILED : TransactionState.Kind.OPEN,
          wasOpen ? state.since() : parts.clock().instant(),
          wasOpen ? state.statements() + 1 : 0);
    }
    if (wasOpen && broken) {
      return new TransactionState(
          TransactionState.Kind.LOST, parts.clock().instant(), state.statements());
    }
    return TransactionState.NONE;
  }

  private static boolean isBroken(ExecutionOutcome outcome) {
    return outcome instanceof ExecutionOutcome.Failed failed
        && (failed.code().equals("database-unreachable")
            || failed.code().equals("session-not-pinned"));
  }

  @Override
  public void close() {
    JdbcBackend open;
    synchronized (this) {
      closed = true;
      open = running ? null : held;
      held = null;
      state = TransactionState.NONE;
    }
    if (open != null) {
      Thread.ofPlatform().daemon().name("sluice-rollback").start(() -> end(open));
    }
  }
}
