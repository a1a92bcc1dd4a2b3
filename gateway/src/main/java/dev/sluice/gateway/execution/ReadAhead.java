package dev.sluice.gateway.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads the rest of a large result on a thread of its own, a little ahead of whoever takes it: the
/// database and the driver work on the next rows while the last ones are masked and handed on.
/// Masking stays where it was; what waits here has not been masked and goes nowhere else.
///
/// For one taker. Nobody else may use the result until this is closed.
final class ReadAhead implements AutoCloseable {

  /// As many as one fetch of the executor: a part is handed over when the reader turns to the
  /// database for the next, not in the midst of what it has.
  private static final int ROWS = 1000;

  private static final int PARTS = 1;

  /// @param failure why it ended early; only in the last part
  private record Part(List<@Nullable Object[]> rows, boolean last, @Nullable Throwable failure) {}

  private final BackendResult result;
  private final long most;
  private final BlockingQueue<Part> parts = new ArrayBlockingQueue<>(PARTS);
  private final Thread reader;
  private volatile boolean stopped;
  private Part current = new Part(List.of(), false, null);
  private int next;

  /// Begins to read.
  ///
  /// @param most rows to read; no more are asked of the database
  ReadAhead(BackendResult result, long most) {
    this.result = result;
    this.most = most;
    this.reader = Thread.ofPlatform().daemon().name("sluice-rows").start(this::read);
  }

  /// The next row, or null after the last.
  @Nullable Object @Nullable [] next() throws BackendFailure {
    while (next == current.rows().size()) {
      if (current.last()) {
        return ended(current.failure());
      }
      current = take();
      next = 0;
    }
    return current.rows().get(next++);
  }

  private static @Nullable Object @Nullable [] ended(@Nullable Throwable failure)
      throws BackendFailure {
    switch (failure) {
      case null -> {
        return null;
      }
      case BackendFailure e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException("Rows could not be read.", failure);
    }
  }

  private void read() {
    long read = 0;
    boolean last = false;
    while (!last) {
      List<@Nullable Object[]> rows = new ArrayList<>(ROWS);
      Throwable failure = null;
      try {
        while (!last && rows.size() < ROWS) {
          @Nullable Object @Nullable [] row = read < most && !stopped ? result.next() : null;
          if (row == null) {
            last = true;
          } else {
            rows.add(row);
            read++;
          }
        }
      } catch (BackendFailure | RuntimeException | Error e) {
        failure = e;
        last = true;
      }
      put(new Part(rows, last, failure));
    }
  }

  private void put(Part part) {
    try {
      boolean taken = false;
      while (!taken && !stopped) {
        taken = parts.offer(part, 20, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      // Nobody knows this thread but the taker, who does not interrupt it.
      throw new IllegalStateException(e);
    }
  }

  /// An interrupt is kept for later: a driver that waits for rows does not see it either.
  private Part take() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return parts.take();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Returns when the result is not used any more; a fetch that is under way is waited for.
  @Override
  public void close() {
    stopped = true;
    parts.clear();
    boolean interrupted = false;
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
