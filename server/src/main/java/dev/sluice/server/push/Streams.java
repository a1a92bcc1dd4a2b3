package dev.sluice.server.push;

import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.server.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands outbox rows to streams. A stream holds a place, not a queue: one that reads slowly keeps
/// nobody else's memory busy, and what it has not read yet waits in the store.
///
/// The newest rows are kept in memory, so that a row is read once however many streams there are,
/// and only those streams wake for which a row is meant.
public final class Streams implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
  private static final int KEPT = 1024;
  private static final int PAGE = 200;
  private static final int DRAIN_WAITS = 250;

  private final Store store;
  private final Map<String, Set<Stream>> open = new ConcurrentHashMap<>();
  private final Semaphore committed = new Semaphore(0);
  private volatile Recent recent;
  private volatile boolean closed;

  /// The newest rows, oldest first.
  private record Recent(List<Outbox.Row> rows, long newest) {}

  public Streams(Store store) {
    this.store = store;
    this.recent = new Recent(List.of(), store.read(Outbox::newest));
    store.whenAnnounced(this::wake);
    Thread.ofVirtual().name("sluice-streams").start(this::dispatch);
  }

  /// Opens a stream.
  ///
  /// @param sessionId whose it is
  /// @param principalKey whose timeline it hears of
  /// @param meant whether a row is for its reader
  /// @param lastSeen where to go on; empty for what comes from now on
  public Stream open(
      String sessionId, String principalKey, Predicate<Outbox.Row> meant, OptionalLong lastSeen) {
    long now = store.read(Outbox::newest);
    long from = lastSeen.orElse(now);
    long oldest = store.read(Outbox::oldest);
    boolean gap = from > now || (from < oldest - 1);
    Stream stream = new Stream(sessionId, principalKey, meant, gap ? now : from, gap);
    open.computeIfAbsent(principalKey, key -> ConcurrentHashMap.newKeySet()).add(stream);
    return stream;
  }

  /// Something was told: streams hear of it soon. Never blocks.
  public void wake() {
    committed.release();
  }

  private void dispatch() {
    try {
      while (!closed) {
        committed.acquire();
        committed.drainPermits();
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
      if (!closed) {
        LOG.error("Messages could not be read; they are read with the next ones.", e);
      }
    }
  }

  private void read() {
    Recent before = recent;
    List<Outbox.Row> rows = store.read(handle -> Outbox.after(handle, before.newest(), KEPT));
    if (rows.isEmpty()) {
      return;
    }
    List<Outbox.Row> all = new ArrayList<>(before.rows());
    all.addAll(rows);
    recent =
        new Recent(
            List.copyOf(all.subList(Math.max(0, all.size() - KEPT), all.size())),
            rows.getLast().sequence());
    // Whoever asked is told first; the many who only watch come after.
    Set<Stream> first =
        rows.stream()
            .flatMap(row -> row.request().stream())
            .flatMap(request -> open.getOrDefault(requester(request), Set.of()).stream())
            .collect(Collectors.toSet());
    first.forEach(Stream::signal);
    each(
        stream -> {
          if (!first.contains(stream) && rows.stream().anyMatch(stream.meant)) {
            stream.signal();
          }
        });
    if (rows.size() == KEPT) {
      wake();
    }
  }

  private static String requester(ApprovalRequest request) {
    return request.requester().principal().key();
  }

  private void each(Consumer<Stream> action) {
    open.values().forEach(streams -> streams.forEach(action));
  }

  /// Tells one person's streams that their timeline grew. Not kept: a stream that comes back asks
  /// for its timeline anyway.
  public void timelineGrew(String principalKey, long sequence) {
    open.getOrDefault(principalKey, Set.of()).forEach(stream -> stream.grew(sequence));
  }

  /// Ends the streams of a session.
  public void endSession(String sessionId, String reason) {
    each(
        stream -> {
          if (stream.sessionId.equals(sessionId)) {
            stream.ended = reason;
            stream.signal();
          }
        });
  }

  /// Streams open now.
  public int count() {
    return open.values().stream().mapToInt(Set::size).sum();
  }

  /// Ends every stream and waits, at most five seconds, until each has said so to its reader.
  @Override
  public void close() {
    closed = true;
    each(Stream::signal);
    committed.release();
    try {
      for (int waits = 0; waits < DRAIN_WAITS && count() > 0; waits++) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Outbox.Row> after(long sequence) {
    Recent now = recent;
    if (sequence >= now.newest()) {
      return List.of();
    }
    if (!now.rows().isEmpty() && now.rows().getFirst().sequence() <= sequence + 1) {
      int from = now.rows().size();
      while (from > 0 && now.rows().get(from - 1).sequence() > sequence) {
        from--;
      }
      return now.rows().subList(from, Math.min(now.rows().size(), from + PAGE));
    }
    return store.read(handle -> Outbox.after(handle, sequence, PAGE));
  }

  /// One open stream; used by one thread.
  public final class Stream implements AutoCloseable {
    private final String sessionId;
    private final String principalKey;
    private final Predicate<Outbox.Row> meant;
    private final Semaphore signals = new Semaphore(0);
    private long place;
    private boolean resync;
    private volatile String ended = "";
    private volatile long timeline;
    private long timelineTold;

    private Stream(
        String sessionId,
        String principalKey,
        Predicate<Outbox.Row> meant,
        long place,
        boolean resync) {
      this.sessionId = sessionId;
      this.principalKey = principalKey;
      this.meant = meant;
      this.place = place;
      this.resync = resync;
    }

    private void grew(long sequence) {
      // Only the writer's thread comes here.
      timeline = Math.max(timeline, sequence);
      signal();
    }

    private void signal() {
      if (signals.availablePermits() == 0) {
        signals.release();
      }
    }

    /// The place up to which the reader has been told everything.
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
        place = rows.isEmpty() ? place : rows.getLast().sequence();
        List<Outbox.Row> mine = rows.stream().filter(meant).toList();
        long grown = timeline;
        boolean told = grown == timelineTold;
        if (!mine.isEmpty() || !told || !ended.isEmpty() || closed) {
          timelineTold = grown;
          return new Batch(mine, told ? 0 : grown, false, ended, closed);
        }
        long left = until - System.nanoTime();
        if (left <= 0) {
          return new Batch(List.of(), 0, false, "", false);
        }
        if (rows.isEmpty() && signals.tryAcquire(left, TimeUnit.NANOSECONDS)) {
          signals.drainPermits();
        }
      }
    }

    @Override
    public void close() {
      open.computeIfPresent(
          principalKey,
          (key, streams) -> {
            streams.remove(this);
            return streams.isEmpty() ? null : streams;
          });
    }
  }

  /// What a stream is to send.
  ///
  /// @param rows in order, only those meant for the reader
  /// @param timeline newest sequence of the reader's timeline, 0 when it has not grown
  /// @param resync rows before were lost: the reader must ask for everything anew
  /// @param ended why the session is over, empty when it is not
  /// @param closed the server is stopping
  public record Batch(
      List<Outbox.Row> rows, long timeline, boolean resync, String ended, boolean closed) {}
}
