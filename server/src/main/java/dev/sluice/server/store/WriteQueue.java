package dev.sluice.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes. While a commit goes to disk, the next pieces gather; they are then
/// written together.
final class WriteQueue implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WriteQueue.class);
  private static final int MOST_AT_ONCE = 256;
  private static final long LEDGER_LOCK = 0x51_1C_E0_01L;

  private final Jdbi jdbi;
  private final boolean lockAcrossServers;
  private final BlockingQueue<Piece<?>> waiting = new LinkedBlockingQueue<>();
  private final Thread writer;
  private volatile boolean closed;

  WriteQueue(Jdbi jdbi, boolean lockAcrossServers) {
    this.jdbi = jdbi;
    this.lockAcrossServers = lockAcrossServers;
    this.writer = Thread.ofPlatform().name("sluice-store-writer").daemon().start(this::run);
  }

  <T> CompletableFuture<T> submit(Work<T> work) {
    if (Thread.currentThread() == writer) {
      throw new IllegalStateException("Work must not wait for other work.");
    }
    Piece<T> piece = new Piece<>(work);
    waiting.add(piece);
    if (closed && waiting.remove(piece)) {
      piece.done.completeExceptionally(new IllegalStateException("The store is closed."));
    }
    return piece.done;
  }

  private void run() {
    List<Piece<?>> batch = new ArrayList<>();
    while (!closed || !waiting.isEmpty()) {
      try {
        Piece<?> first = waiting.poll(200, java.util.concurrent.TimeUnit.MILLISECONDS);
        if (first == null) {
          continue;
        }
        batch.add(first);
        waiting.drainTo(batch, MOST_AT_ONCE - 1);
      } catch (InterruptedException e) {
        return;
      }
      write(batch);
      batch.clear();
    }
  }

  private void write(List<Piece<?>> batch) {
    List<Runnable> afterCommit = new ArrayList<>();
    try {
      jdbi.useTransaction(
          handle -> {
            if (lockAcrossServers) {
              handle.execute("SELECT pg_advisory_xact_lock(?)", LEDGER_LOCK);
            }
            List<Consumer<Handle>> lastWrites = new ArrayList<>();
            batch.forEach(piece -> piece.run(handle, lastWrites, afterCommit));
            lastWrites.forEach(write -> write.accept(handle));
            if (lockAcrossServers) {
              handle.execute("NOTIFY sluice_commit");
            }
          });
    } catch (RuntimeException | Error e) {
      LOG.error("A commit of {} writes failed: {}", batch.size(), e.getClass().getSimpleName());
      IllegalStateException lost = new IllegalStateException("The write was not committed.", e);
      batch.forEach(piece -> piece.fail(lost));
      return;
    }
    batch.forEach(Piece::acknowledge);
    for (Runnable action : afterCommit) {
      try {
        action.run();
      } catch (RuntimeException e) {
        LOG.error("What follows a commit failed.", e);
      }
    }
  }

  /// Writes what waits, then ends.
  @Override
  public void close() {
    closed = true;
    try {
      writer.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Piece<?> piece = waiting.poll(); piece != null; piece = waiting.poll()) {
      piece.fail(new IllegalStateException("The store is closed."));
    }
  }

  private static final class Piece<T> {
    private final Work<T> work;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private java.util.function.Supplier<T> result =
        () -> {
          throw new IllegalStateException("The work has not run.");
        };
    private boolean failed;

    Piece(Work<T> work) {
      this.work = work;
    }

    void run(Handle handle, List<Consumer<Handle>> lastWrites, List<Runnable> afterCommit) {
      handle.execute("SAVEPOINT piece");
      Transaction transaction = new Transaction(handle);
      try {
        T value = work.in(transaction);
        handle.execute("RELEASE SAVEPOINT piece");
        result = () -> value;
        lastWrites.addAll(transaction.lastWrites());
        afterCommit.addAll(transaction.actions());
      } catch (RuntimeException e) {
        failed = true;
        handle.execute("ROLLBACK TO SAVEPOINT piece");
        handle.execute("RELEASE SAVEPOINT piece");
        // Answered at once: nothing of it will be committed.
        done.completeExceptionally(e);
      }
    }

    void acknowledge() {
      if (!failed) {
        done.complete(result.get());
      }
    }

    void fail(RuntimeException cause) {
      done.completeExceptionally(cause);
    }
  }
}
