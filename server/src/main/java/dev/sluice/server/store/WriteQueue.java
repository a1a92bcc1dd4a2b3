package dev.sluice.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
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
  private final LongAdder commits = new LongAdder();
  private volatile boolean closed;
  private volatile Runnable whenAnnounced = () -> {};

  WriteQueue(Jdbi jdbi, boolean lockAcrossServers) {
    this.jdbi = jdbi;
    this.lockAcrossServers = lockAcrossServers;
    this.writer = Thread.ofPlatform().name("sluice-store-writer").daemon().start(this::run);
  }

  long waiting() {
    return waiting.size();
  }

  long commits() {
    return commits.sum();
  }

  void whenAnnounced(Runnable action) {
    whenAnnounced = action;
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

  private void write(List<Piece<?>> pieces) {
    boolean[] committing = {false};
    List<Runnable> afterCommit = new ArrayList<>();
    Batch[] written = new Batch[1];
    try {
      jdbi.useTransaction(
          handle -> {
            if (lockAcrossServers) {
              handle.execute("SELECT pg_advisory_xact_lock(?)", LEDGER_LOCK);
            }
            Batch batch = new Batch(handle, pieces.stream().map(Piece::work).toList());
            written[0] = batch;
            pieces.forEach(piece -> piece.run(batch, afterCommit));
            batch.write();
            if (lockAcrossServers && batch.isAnnounced()) {
              handle.execute("NOTIFY sluice_commit");
            }
            committing[0] = true;
          });
    } catch (RuntimeException | Error e) {
      if (!committing[0] && pieces.size() > 1) {
        // Nothing was committed: whatever one piece broke must not cost the others theirs.
        pieces.forEach(piece -> write(List.of(piece)));
        return;
      }
      LOG.error("A commit of {} writes failed: {}", pieces.size(), e.getClass().getSimpleName());
      IllegalStateException lost = new IllegalStateException("The write was not committed.", e);
      pieces.forEach(piece -> piece.fail(lost));
      return;
    }
    commits.increment();
    written[0].committed();
    pieces.forEach(Piece::acknowledge);
    if (written[0].isAnnounced()) {
      // First: whoever waits for a decision hears of it before anybody's timeline grows.
      afterCommit.addFirst(whenAnnounced);
    }
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

    Work<T> work() {
      return work;
    }

    void run(Batch batch, List<Runnable> afterCommit) {
      if (done.isDone()) {
        return;
      }
      Transaction transaction = new Transaction(batch);
      try {
        T value = work.in(transaction);
        transaction.keep();
        result = () -> value;
        afterCommit.addAll(transaction.actions());
      } catch (RuntimeException e) {
        failed = true;
        transaction.drop();
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
