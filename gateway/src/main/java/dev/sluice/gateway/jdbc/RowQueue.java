package dev.sluice.gateway.jdbc;

import dev.sluice.gateway.workspace.Run;
import dev.sluice.gateway.workspace.RunEvent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hands a run's masked rows to the reading thread. The run waits when the reader is behind, so a
/// large result takes no more memory than a few batches.
final class RowQueue implements Consumer<RunEvent>, RowSource {

  private static final int BATCHES = 4;

  private final BlockingQueue<RunEvent> events = new ArrayBlockingQueue<>(BATCHES);
  private volatile boolean abandoned;
  private volatile boolean inTransaction;
  private @Nullable Run run;
  private @Nullable RunEvent end;
  private List<RunEvent.ResultColumn> columns = List.of();
  private Iterator<@Nullable Object[]> batch = java.util.Collections.emptyIterator();

  @Override
  public void accept(RunEvent event) {
    try {
      while (!abandoned && !events.offer(event, 200, TimeUnit.MILLISECONDS)) {
        // Full: the reader is behind.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void started(Run started) {
    run = started;
  }

  /// Waits for the shape of the result or, when there is none, the end.
  void awaitShape() throws SQLException {
    while (end == null && columns.isEmpty()) {
      take(true);
    }
  }

  @Override
  public List<RunEvent.ResultColumn> columns() {
    return columns;
  }

  /// The next row; null after the last one.
  @Override
  public @Nullable Object @Nullable [] next() throws SQLException {
    while (!batch.hasNext()) {
      switch (end) {
        case null -> take(false);
        case RunEvent.Failed failed -> throw SqlProblems.of(failed.problem());
        case RunEvent.Cancelled cancelled -> throw SqlProblems.cancelled();
        default -> {
          return null;
        }
      }
    }
    return batch.next();
  }

  /// How it ended; null while it runs.
  @Nullable RunEvent end() {
    return end;
  }

  private void take(boolean shapeOnly) throws SQLException {
    try {
      switch (events.take()) {
        case RunEvent.StateChanged changed -> {}
        case RunEvent.ColumnsKnown known -> columns = known.columns();
        case RunEvent.Rows rows -> batch = rows.rows().iterator();
        case RunEvent.Completed completed -> end = completed;
        case RunEvent.Refused refused -> end = refused;
        case RunEvent.Failed failed -> {
          end = failed;
          if (!shapeOnly) {
            throw SqlProblems.of(failed.problem());
          }
        }
        case RunEvent.Cancelled cancelled -> {
          end = cancelled;
          if (!shapeOnly) {
            throw SqlProblems.cancelled();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancel();
      throw SqlProblems.cancelled();
    }
  }

  /// Takes in all rows that are still to come; how many there can be, the policy says.
  void readAll() throws SQLException {
    if (abandoned) {
      return;
    }
    List<@Nullable Object[]> all = new ArrayList<>();
    batch.forEachRemaining(all::add);
    while (end == null) {
      take(true);
      batch.forEachRemaining(all::add);
    }
    batch = all.iterator();
  }

  /// From now on a run that nobody reads any more comes to its own end: cancelling a statement ends
  /// its transaction on some engines.
  void keepTransaction() {
    inTransaction = true;
  }

  private void discard() {
    try {
      while (end == null) {
        take(true);
      }
    } catch (SQLException e) {
      abandon();
    }
    batch = java.util.Collections.emptyIterator();
  }

  void cancel() {
    Run current = run;
    if (current != null) {
      current.cancel();
    }
  }

  /// Ends a run that nobody reads any more.
  @Override
  public void close() {
    if (end != null || abandoned) {
      return;
    }
    if (inTransaction) {
      discard();
    } else {
      abandon();
    }
  }

  private void abandon() {
    abandoned = true;
    cancel();
    events.clear();
  }
}
