package dev.sluice.server.export;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings every entry of the log to every sink that takes its kind, in order, at least once. Where
/// a sink stands is kept in the store: a restart goes on there, and of several servers one works on
/// a sink at a time.
public final class Deliveries implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
  private static final int PAGE = 200;
  private static final int TRIES = 8;
  private static final Duration HELD = Duration.ofSeconds(60);

  private final Store store;
  private final Ledger ledger;
  private final String serverId;
  private final Duration pause;
  private final Map<String, Sink> sinks = new TreeMap<>();
  private final Map<String, Long> heldUntil = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  /// What could not be delivered.
  ///
  /// @param sequence of the entry
  /// @param reason why, in words
  public record DeadLetter(String id, String sink, long sequence, String reason, Instant at) {}

  /// @param letters oldest first, at most 500
  public record DeadLetters(List<DeadLetter> letters) {
    public DeadLetters {
      letters = List.copyOf(letters);
    }
  }

  /// @param pause between looks at the log; the first pause after a failure
  public Deliveries(Store store, Ledger ledger, String serverId, List<Sink> sinks, Duration pause) {
    this.store = store;
    this.ledger = ledger;
    this.serverId = serverId;
    this.pause = pause;
    for (Sink sink : sinks) {
      this.sinks.put(sink.name(), sink);
      threads.add(Thread.ofVirtual().name("sluice-sink-" + sink.name()).start(() -> run(sink)));
    }
  }

  private Courier courier(Sink sink) {
    return switch (sink) {
      case Sink.File file -> new FileCourier(ledger.origin(), file.file());
      case Sink.Syslog syslog -> new SyslogCourier(ledger.origin(), syslog);
      case Sink.Webhook webhook -> new WebhookCourier(ledger.origin(), webhook);
    };
  }

  private void run(Sink sink) {
    try (Courier courier = courier(sink)) {
      while (!closed) {
        try {
          if (!claim(sink) || !turn(sink, courier)) {
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
  private boolean turn(Sink sink, Courier courier) throws InterruptedException {
    Map<Long, Optional<AuditEvent>> entries =
        store.read(handle -> ledger.after(handle, cursor(handle, sink), PAGE));
    for (Map.Entry<Long, Optional<AuditEvent>> entry : entries.entrySet()) {
      if (closed) {
        return false;
      }
      if (entry.getValue().isPresent() && sink.takes(entry.getValue().get().kind())) {
        if (!deliver(sink, courier, entry.getKey(), entry.getValue().get())) {
          return false;
        }
        move(sink, entry.getKey());
      }
    }
    if (entries.isEmpty()) {
      return false;
    }
    move(sink, ((TreeMap<Long, ?>) entries).lastKey());
    return entries.size() == PAGE;
  }

  /// @return whether the next may go: this one arrived, or was put aside
  private boolean deliver(Sink sink, Courier courier, long sequence, AuditEvent event)
      throws InterruptedException {
    for (int tried = 1; !closed; tried++) {
      try {
        courier.deliver(sequence, event);
        return true;
      } catch (Courier.Refused e) {
        putAside(sink, sequence, String.valueOf(e.getMessage()));
        return true;
      } catch (IOException e) {
        if (courier.putsAside() && tried >= TRIES) {
          putAside(sink, sequence, "It did not arrive in " + TRIES + " tries.");
          return true;
        }
        if (tried == 1) {
          LOG.warn("Sink {} does not take entry {}; it is tried again.", sink.name(), sequence);
        }
      }
      Thread.sleep(pause.multipliedBy(1L << Math.min(tried - 1, 5)));
      if (!claim(sink)) {
        return false;
      }
    }
    return false;
  }

  private void putAside(Sink sink, long sequence, String reason) {
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

  /// What webhooks would not take.
  public DeadLetters deadLetters() {
    return new DeadLetters(
        store.read(
            handle ->
                handle
                    .createQuery("SELECT * FROM dead_letter ORDER BY failed_at, id LIMIT 500")
                    .map(
                        (row, context) ->
                            new DeadLetter(
                                row.getString("id"),
                                row.getString("sink"),
                                row.getLong("sequence"),
                                row.getString("reason"),
                                Instant.ofEpochMilli(row.getLong("failed_at"))))
                    .list()));
  }

  /// Tries once more to bring what was put aside; it stays aside when it does not arrive.
  ///
  /// @return what is still aside
  public DeadLetters redeliver(String id) {
    DeadLetter letter =
        deadLetters().letters().stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(() -> Problems.notFound("dead letter"));
    Optional<AuditEvent> event = store.read(handle -> ledger.event(handle, letter.sequence()));
    Sink sink = sinks.get(letter.sink());
    if (sink == null || event.isEmpty()) {
      drop(id);
      return deadLetters();
    }
    try (Courier courier = courier(sink)) {
      courier.deliver(letter.sequence(), event.get());
      drop(id);
    } catch (IOException | Courier.Refused e) {
      LOG.warn("Sink {} still does not take entry {}.", sink.name(), letter.sequence());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return deadLetters();
  }

  private void drop(String id) {
    store.write(
        transaction -> transaction.handle().execute("DELETE FROM dead_letter WHERE id = ?", id));
  }

  private boolean claim(Sink sink) {
    long now = System.currentTimeMillis();
    if (heldUntil.getOrDefault(sink.name(), 0L) - now > HELD.toMillis() / 2) {
      return true;
    }
    boolean mine = claim(sink, now);
    heldUntil.put(sink.name(), mine ? now + HELD.toMillis() : 0L);
    return mine;
  }

  private boolean claim(Sink sink, long now) {
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

  private static long cursor(Handle handle, Sink sink) {
    return handle
        .createQuery("SELECT upto FROM sink_cursor WHERE sink = ?")
        .bind(0, sink.name())
        .mapTo(Long.class)
        .one();
  }

  private void move(Sink sink, long upTo) {
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

  /// Stops after the entry that is under way; gives the sinks free for other servers.
  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join(2000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (!threads.isEmpty()) {
      store.write(
          transaction ->
              transaction
                  .handle()
                  .execute("UPDATE sink_cursor SET held_until = 0 WHERE holder = ?", serverId));
    }
  }
}
