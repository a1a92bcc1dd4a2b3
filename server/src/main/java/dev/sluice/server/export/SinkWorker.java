package dev.sluice.server.export;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.server.Ids;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings every entry that one sink takes to it, in order, at least once, as long as it holds the
/// sink: of several servers one works on a sink at a time.
final class SinkWorker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SinkWorker.class);
  private static final int PAGE = 200;
  private static final int TRIES = 8;
  private static final Duration HELD = Duration.ofSeconds(60);

  private final Store store;
  private final Ledger ledger;
  private final String serverId;
  private final Sink sink;
  private final Duration pause;
  private final Thread thread;
  private volatile long heldUntil;
  private volatile boolean closed;

  /// @param pause between looks at the log; the first pause after a failure
  SinkWorker(Store store, Ledger ledger, String serverId, Sink sink, Duration pause) {
    this.store = store;
    this.ledger = ledger;
    this.serverId = serverId;
    this.sink = sink;
    this.pause = pause;
    this.thread = Thread.ofVirtual().name("sluice-sink-" + sink.name()).start(this::run);
  }

  Sink sink() {
    return sink;
  }

  static Courier courier(Ledger ledger, Sink sink) {
    return switch (sink) {
      case Sink.File file -> new FileCourier(ledger.origin(), file.file());
      case Sink.Syslog syslog -> new SyslogCourier(ledger.origin(), syslog);
      case Sink.Webhook webhook -> new WebhookCourier(ledger.origin(), webhook);
    };
  }

  private void run() {
    try (Courier courier = courier(ledger, sink)) {
      while (!closed) {
        try {
          if (!claim() || !turn(courier)) {
            Thread.sleep(pause);
          }
        } catch (RuntimeException e) {
          LOG.warn("Sink {} stopped for a moment: {}", sink.name(), e.getClass().getSimpleName());
          Thread.sleep(pause.multipliedBy(5));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// @return whether there may be more
  private boolean turn(Courier courier) throws InterruptedException {
    Map<Long, Optional<AuditEvent>> entries =
        store.read(handle -> ledger.after(handle, cursor(handle), PAGE));
    for (Map.Entry<Long, Optional<AuditEvent>> entry : entries.entrySet()) {
      if (closed) {
        return false;
      }
      if (entry.getValue().isPresent() && sink.takes(entry.getValue().get().kind())) {
        if (!deliver(courier, entry.getKey(), entry.getValue().get())) {
          return false;
        }
        move(entry.getKey());
      }
    }
    if (entries.isEmpty()) {
      return false;
    }
    move(((TreeMap<Long, ?>) entries).lastKey());
    return entries.size() == PAGE;
  }

  /// @return whether the next may go: this one arrived, or was put aside
  private boolean deliver(Courier courier, long sequence, AuditEvent event)
      throws InterruptedException {
    for (int tried = 1; !closed; tried++) {
      try {
        courier.deliver(sequence, event);
        return true;
      } catch (Courier.Refused e) {
        putAside(sequence, String.valueOf(e.getMessage()));
        return true;
      } catch (IOException e) {
        if (courier.putsAside() && tried >= TRIES) {
          putAside(sequence, "It did not arrive in " + TRIES + " tries.");
          return true;
        }
        if (tried == 1) {
          LOG.warn("Sink {} does not take entry {}; it is tried again.", sink.name(), sequence);
        }
      }
      Thread.sleep(pause.multipliedBy(1L << Math.min(tried - 1, 5)));
      if (!claim()) {
        return false;
      }
    }
    return false;
  }

  private void putAside(long sequence, String reason) {
    LOG.warn("Sink {} never took entry {}: {}", sink.name(), sequence, reason);
    store.write(
        transaction ->
            transaction
                .handle()
                .execute(
                    "INSERT INTO dead_letter (id, sink, sequence, reason, failed_at)"
                        + " VALUES (?, ?, ?, ?, ?)",
                    Ids.next(),
                    sink.name(),
                    sequence,
                    reason,
                    System.currentTimeMillis()));
  }

  private boolean claim() {
    long now = System.currentTimeMillis();
    if (heldUntil - now > HELD.toMillis() / 2) {
      return true;
    }
    boolean mine = claim(now);
    heldUntil = mine ? now + HELD.toMillis() : 0L;
    return mine;
  }

  private boolean claim(long now) {
    return store.write(
        transaction -> {
          Handle handle = transaction.handle();
          // A web address hears of what happens from now on; an archive of everything.
          handle.execute(
              "INSERT INTO sink_cursor (sink, upto, holder, held_until) VALUES (?, "
                  + (sink instanceof Sink.Webhook
                      ? "(SELECT COALESCE(MAX(sequence), 0) FROM ledger_entry)"
                      : "0")
                  + ", '', 0) ON CONFLICT (sink) DO NOTHING",
              sink.name());
          return handle.execute(
                  "UPDATE sink_cursor SET holder = ?, held_until = ?"
                      + " WHERE sink = ? AND (holder = ? OR held_until < ?)",
                  serverId,
                  now + HELD.toMillis(),
                  sink.name(),
                  serverId,
                  now)
              == 1;
        });
  }

  private long cursor(Handle handle) {
    return handle
        .createQuery("SELECT upto FROM sink_cursor WHERE sink = ?")
        .bind(0, sink.name())
        .mapTo(Long.class)
        .one();
  }

  private void move(long upTo) {
    store.write(
        transaction ->
            transaction
                .handle()
                .execute(
                    "UPDATE sink_cursor SET upto = ? WHERE sink = ? AND holder = ?",
                    upTo,
                    sink.name(),
                    serverId));
  }

  /// Stops after the entry that is under way; gives the sink free for other servers.
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(2000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.write(
        transaction ->
            transaction
                .handle()
                .execute(
                    "UPDATE sink_cursor SET held_until = 0 WHERE sink = ? AND holder = ?",
                    sink.name(),
                    serverId));
  }
}
