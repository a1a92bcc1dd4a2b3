package dev.sluice.server.execution;

import dev.sluice.gateway.execution.Backend;
import dev.sluice.gateway.execution.BackendColumn;
import dev.sluice.gateway.execution.BackendFailure;
import dev.sluice.gateway.execution.BackendNotice;
import dev.sluice.gateway.execution.BackendRequest;
import dev.sluice.gateway.execution.BackendRequest.Mode;
import dev.sluice.gateway.execution.BackendResult;
import dev.sluice.governance.sql.Dialect;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// A session in which a change runs in a transaction of the server's own, with a limit on waiting
/// for locks. Before it would last, the rows it changed are looked at. A dry run is rolled back in
/// place of the commit, whatever happened.
final class WatchedChange implements Backend {

  private final Backend session;
  private final Dialect dialect;
  private final boolean dryRun;
  private final Duration lockWait;
  private final LongFunction<KeptRows> look;
  private @Nullable KeptRows kept;

  /// @param look at the rows, given how many the database says were affected; called while the
  ///     change is made and not yet lasting, never throws
  WatchedChange(
      Backend session,
      Dialect dialect,
      boolean dryRun,
      Duration lockWait,
      LongFunction<KeptRows> look) {
    this.session = session;
    this.dialect = dialect;
    this.dryRun = dryRun;
    this.lockWait = lockWait;
    this.look = look;
  }

  /// The rows, once the change was made.
  Optional<KeptRows> kept() {
    return Optional.ofNullable(kept);
  }

  @Override
  public BackendResult execute(BackendRequest request) throws BackendFailure {
    if (request.mode() != Mode.WRITE) {
      return session.execute(request);
    }
    limitLocks();
    try {
      return new Held(session.execute(request));
    } catch (BackendFailure failure) {
      takeBack();
      throw waitedTooLong(failure) ? timedOut(failure) : failure;
    }
  }

  private void limitLocks() throws BackendFailure {
    if (dialect == Dialect.POSTGRESQL) {
      tell("BEGIN", Mode.TRANSACTION);
      tell("SET LOCAL lock_timeout = '" + lockWait.toMillis() + "ms'", Mode.WRITE);
    } else {
      long seconds = Math.max(1, lockWait.toSeconds());
      tell("SET SESSION innodb_lock_wait_timeout = " + seconds, Mode.READ);
      tell("SET SESSION lock_wait_timeout = " + seconds, Mode.READ);
      tell("START TRANSACTION", Mode.TRANSACTION);
    }
  }

  private void tell(String text, Mode mode) throws BackendFailure {
    session.execute(new BackendRequest(text, mode, Optional.empty(), 0, -1)).close();
  }

  private void takeBack() {
    try {
      tell("ROLLBACK", Mode.TRANSACTION);
    } catch (BackendFailure gone) {
      // With the session ends its transaction.
      session.abandon();
    }
  }

  private static boolean waitedTooLong(BackendFailure failure) {
    return failure.sqlState().equals("55P03") || failure.vendorCode() == 1205;
  }

  private static BackendFailure timedOut(BackendFailure failure) {
    return new BackendFailure(
        BackendFailure.Kind.TIMED_OUT,
        failure.sqlState(),
        failure.vendorCode(),
        OptionalInt.empty(),
        "waited too long for a lock");
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
    session.close();
  }

  /// The result of the change, whose commit is the server's own.
  private final class Held implements BackendResult {
    private final BackendResult result;
    private long returned;
    private boolean ended;

    Held(BackendResult result) {
      this.result = result;
    }

    @Override
    public List<BackendColumn> columns() {
      return result.columns();
    }

    @Override
    public @Nullable Object @Nullable [] next() throws BackendFailure {
      @Nullable Object @Nullable [] row = result.next();
      returned += row == null ? 0 : 1;
      return row;
    }

    @Override
    public long updateCount() {
      return result.updateCount();
    }

    @Override
    public boolean hasMoreResults() throws BackendFailure {
      return result.hasMoreResults();
    }

    @Override
    public List<BackendNotice> notices() {
      return result.notices();
    }

    @Override
    public void commit() throws BackendFailure {
      long affected = result.updateCount() >= 0 ? result.updateCount() : returned;
      kept = look.apply(affected);
      ended = true;
      tell(dryRun ? "ROLLBACK" : "COMMIT", Mode.TRANSACTION);
    }

    @Override
    public void close() {
      result.close();
      if (!ended) {
        ended = true;
        takeBack();
      }
    }
  }
}
