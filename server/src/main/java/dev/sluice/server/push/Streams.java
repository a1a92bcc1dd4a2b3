package dev.sluice.server.push;

import dev.sluice.server.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands outbox rows to streams. A stream holds a place, not a queue: one that reads slowly keeps
/// nobody else's memory busy, and what it has not read yet waits in the store.
///
/// The newest rows are kept in memory, so that a row is read once however many streams there are.
public final class Streams implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
  private static final int KEPT = 1024;
  private static final int PAGE = 200;

  private final Store store;
  private final Set<Stream> open = ConcurrentHashMap.newKeySet();
  private final Semaphore committed = new Semaphore(0);
  private final List<Outbox.Row> recent = new ArrayList<>();
  private long newest;
  private boolean closed;

  public Streams(Store store) {
    this.store = store;
    this.newest = store.read(Outbox::newest);
    Thread.ofVirtual().name("sluice-streams").start(this::dispatch);
  }

  /// Opens a stream.
  ///
  /// @param sessionId whose it is
  /// @param principalKey whose own messages it gets
  /// @param lastSeen where to go on; empty for what comes from now on
  public Stream open(String sessionId, String principalKey, OptionalLong lastSeen) {
    long now = store.read(Outbox::newest);
    long from = lastSeen.orElse(now);
    long oldest = store.read(Outbox::oldest);
    boolean gap = from > now || (from < oldest - 1);
    Stream stream = new Stream(sessionId, principalKey, gap ? now : from, gap);
    open.add(stream);
    return stream;
  }

  /// Something was committed: streams hear of it soon. Never blocks.
  public void wake() {
    committed.release();
  }

  private void dispatch() {
    try {
      while (true) {
        committed.acquire();
        committed.drainPermits();
        if (isClosed()) {
          return;
        }
        readSafely();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readSafely() {
    try {
      read();
    } catch (RuntimeException e) {
      LOG.error("Messages could not be read; they are read with the next ones.", e);
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void read() {
    synchronized (this) {
      List<Outbox.Row> rows = store.read(handle -> Outbox.after(handle, newest, KEPT));
      recent.addAll(rows);
      if (!rows.isEmpty()) {
        newest = rows.getLast().sequence();
      }
      if (recent.size() > KEPT) {
        recent.subList(0, recent.size() - KEPT).clear();
      }
      notifyAll();
    }
  }

  /// Tells one person's streams that their timeline grew. Not kept: a stream that comes back asks
  /// for its timeline anyway.
  public void timelineGrew(String principalKey, long sequence) {
    for (Stream stream : open) {
      if (stream.principalKey.equals(principalKey)) {
        stream.grew(sequence);
      }
    }
    synchronized (this) {
      notifyAll();
    }
  }

  /// Ends the streams of a session.
  public void endSession(String sessionId, String reason) {
    for (Stream stream : open) {
      if (stream.sessionId.equals(sessionId)) {
        stream.ended = reason;
      }
    }
    synchronized (this) {
      notifyAll();
    }
  }

  /// Streams open now.
  public int count() {
    return open.size();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    committed.release();
  }

  private List<Outbox.Row> after(long sequence) {
    synchronized (this) {
      if (sequence >= newest) {
        return List.of();
      }
      if (!recent.isEmpty() && recent.getFirst().sequence() <= sequence + 1) {
        return recent.stream().filter(row -> row.sequence() > sequence).limit(PAGE).toList();
      }
    }
    return store.read(handle -> Outbox.after(handle, sequence, PAGE));
  }

  /// One open stream; used by one thread.
  public final class Stream implements AutoCloseable {
    private final String sessionId;
    private final String principalKey;
    private long place;
    private boolean resync;
    private volatile String ended = "";
    private volatile long timeline;
    private long timelineTold;

    private Stream(String sessionId, String principalKey, long place, boolean resync) {
      this.sessionId = sessionId;
      this.principalKey = principalKey;
      this.place = place;
      this.resync = resync;
    }

    private void grew(long sequence) {
      timeline = Math.max(timeline, sequence);
    }

    /// The place to name to a stream that has had no message yet.
    public long place() {
      return place;
    }

    /// Waits for what comes next.
    ///
    /// @param patience milliseconds after which an empty batch comes back
    public Batch next(long patience) throws InterruptedException {
      if (resync) {
        resync = false;
        return new Batch(List.of(), 0, true, "", false);
      }
      long until = System.nanoTime() + patience * 1_000_000;
      while (true) {
        List<Outbox.Row> rows = after(place);
        long grown = timeline;
        synchronized (Streams.this) {
          boolean told = grown == timelineTold && timeline == grown;
          if (!rows.isEmpty() || !told || !ended.isEmpty() || closed) {
            place = rows.isEmpty() ? place : rows.getLast().sequence();
            timelineTold = grown;
            return new Batch(rows, told ? 0 : grown, false, ended, closed);
          }
          long left = (until - System.nanoTime()) / 1_000_000;
          if (left <= 0) {
            return new Batch(List.of(), 0, false, "", false);
          }
          if (place >= newest) {
            Streams.this.wait(left);
          }
        }
      }
    }

    @Override
    public void close() {
      open.remove(this);
    }
  }

  /// What a stream is to send.
  ///
  /// @param rows in order, for all audiences: the sender leaves out what the reader may not see
  /// @param timeline newest sequence of the reader's timeline, 0 when it has not grown
  /// @param resync rows before were lost: the reader must ask for everything anew
  /// @param ended why the session is over, empty when it is not
  /// @param closed the server is stopping
  public record Batch(
      List<Outbox.Row> rows, long timeline, boolean resync, String ended, boolean closed) {}
}
