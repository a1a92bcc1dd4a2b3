package dev.sluice.server.export;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.wire.DeadLetterList;
import dev.sluice.governance.codec.wire.DeadLetterList.DeadLetter;
import dev.sluice.governance.codec.wire.NewWebhook;
import dev.sluice.governance.codec.wire.NoticeTrial;
import dev.sluice.governance.codec.wire.ReceiverList;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.AdminEvents;
import dev.sluice.server.AdminProblems;
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
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings every entry of the log to every sink that takes its kind, in order, at least once. Where
/// a sink stands is kept in the store: a restart goes on there. Sinks of the configuration file
/// stay as long as the server; web addresses come and go, here or by another server on the same
/// store.
public final class Deliveries implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  private final Store store;
  private final Ledger ledger;
  private final String serverId;
  private final List<Sink> configured;
  private final Webhooks webhooks;
  private final Duration pause;
  private final Map<String, SinkWorker> workers = new TreeMap<>();
  private boolean closed;

  /// @param configured from the configuration file; their names cannot be taken
  /// @param pause between looks at the log; the first pause after a failure
  public Deliveries(
      Store store,
      Ledger ledger,
      String serverId,
      List<Sink> configured,
      Webhooks webhooks,
      Duration pause) {
    this.store = store;
    this.ledger = ledger;
    this.serverId = serverId;
    this.configured = List.copyOf(configured);
    this.webhooks = webhooks;
    this.pause = pause;
    refresh();
  }

  /// Takes up web addresses that were added or removed, here or by another server.
  public synchronized void refresh() {
    if (closed) {
      return;
    }
    Map<String, Sink> wanted = new TreeMap<>();
    webhooks.all().forEach(hook -> wanted.put(hook.name(), hook));
    configured.forEach(sink -> wanted.put(sink.name(), sink));
    for (SinkWorker worker : List.copyOf(workers.values())) {
      if (!worker.sink().equals(wanted.get(worker.sink().name()))) {
        workers.remove(worker.sink().name());
        worker.close();
      }
    }
    wanted.forEach(
        (name, sink) ->
            workers.computeIfAbsent(
                name, fresh -> new SinkWorker(store, ledger, serverId, sink, pause)));
  }

  /// Who is told, and how far they are.
  public ReceiverList receivers() {
    Map<String, Long> upTo = numbers("SELECT sink, upto AS number FROM sink_cursor");
    Map<String, Long> aside =
        numbers("SELECT sink, COUNT(*) AS number FROM dead_letter GROUP BY sink");
    long last =
        store.read(
            handle ->
                handle
                    .createQuery("SELECT COALESCE(MAX(sequence), 0) FROM ledger_entry")
                    .mapTo(Long.class)
                    .one());
    List<ReceiverList.Receiver> receivers = new ArrayList<>();
    for (Sink sink : sinks()) {
      receivers.add(
          new ReceiverList.Receiver(
              sink.name(),
              sink.form(),
              sink.place(),
              sink.kinds(),
              Math.max(0, last - upTo.getOrDefault(sink.name(), last)),
              aside.getOrDefault(sink.name(), 0L),
              isConfigured(sink.name())));
    }
    return new ReceiverList(receivers);
  }

  /// Tells a web address of what happens from now on.
  public ReceiverList add(Actor by, NewWebhook wanted) {
    if (isConfigured(wanted.name())) {
      throw AdminProblems.exists("receiver", wanted.name());
    }
    webhooks.add(by, wanted);
    refresh();
    return receivers();
  }

  /// Tells a web address no more; what it would not take is forgotten.
  public ReceiverList remove(Actor by, String name) {
    if (isConfigured(name)) {
      throw AdminProblems.refused(
          "in-configuration",
          "The receiver \"" + name + "\" stands in the server's configuration file.",
          "Take it out there and start the server again.");
    }
    webhooks.remove(by, name);
    refresh();
    return receivers();
  }

  /// Sends one message that says who tries it, now and once.
  public NoticeTrial tryOut(Actor by, String name) {
    Sink sink = sink(name).orElseThrow(() -> Problems.notFound("receiver"));
    AuditEvent event =
        AdminEvents.of(
            "webhook.tried", by, Instant.now(), "webhook/" + name, Map.of("receiver", name));
    store.write(transaction -> ledger.append(transaction, event));
    try (Courier courier = SinkWorker.courier(ledger, sink)) {
      courier.deliver(0, event);
      return new NoticeTrial(true, "");
    } catch (Courier.Refused e) {
      return new NoticeTrial(false, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new NoticeTrial(
          false, "It did not arrive: the receiver does not answer, or not as it should.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new NoticeTrial(false, "The server is stopping.");
    }
  }

  /// What receivers would not take.
  public DeadLetterList deadLetters() {
    return new DeadLetterList(
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
  public DeadLetterList redeliver(String id) {
    DeadLetter letter = letter(id);
    Optional<AuditEvent> event = store.read(handle -> ledger.event(handle, letter.sequence()));
    Optional<Sink> sink = sink(letter.sink());
    if (sink.isEmpty() || event.isEmpty()) {
      drop(id);
      return deadLetters();
    }
    try (Courier courier = SinkWorker.courier(ledger, sink.get())) {
      courier.deliver(letter.sequence(), event.get());
      drop(id);
    } catch (IOException | Courier.Refused e) {
      LOG.warn("Sink {} still does not take entry {}.", letter.sink(), letter.sequence());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return deadLetters();
  }

  /// Forgets what was put aside; the entry itself stays in the log.
  ///
  /// @return what is still aside
  public DeadLetterList discard(String id) {
    drop(letter(id).id());
    return deadLetters();
  }

  private DeadLetter letter(String id) {
    return deadLetters().letters().stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow(() -> Problems.notFound("dead letter"));
  }

  private void drop(String id) {
    store.write(
        transaction -> transaction.handle().execute("DELETE FROM dead_letter WHERE id = ?", id));
  }

  private synchronized List<Sink> sinks() {
    return workers.values().stream().map(SinkWorker::sink).toList();
  }

  private Optional<Sink> sink(String name) {
    return sinks().stream().filter(sink -> sink.name().equals(name)).findFirst();
  }

  private boolean isConfigured(String name) {
    return configured.stream().anyMatch(sink -> sink.name().equals(name));
  }

  private Map<String, Long> numbers(String sql) {
    return store.read(
        handle ->
            handle
                .createQuery(sql)
                .map((row, context) -> Map.entry(row.getString("sink"), row.getLong("number")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /// Stops after the entries that are under way; gives the sinks free for other servers.
  @Override
  public synchronized void close() {
    closed = true;
    workers.values().forEach(SinkWorker::close);
    workers.clear();
  }
}
