package dev.sluice.server;

import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.server.directory.Session;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.ledger.Statements;
import dev.sluice.server.push.Streams;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.StoreConfig;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A log without a server around it, and what fills it.
final class BareLog {

  private static final int SENDERS = 256;
  private static final int PEOPLE = 200;
  private static final ServerKeys DEVICE = ServerKeys.generate();

  private BareLog() {}

  /// A log on its own, without the HTTP around it.
  static final class Bench implements AutoCloseable {
    final Store store;
    final Streams streams;
    final Ledger ledger;
    final Statements statements;

    Bench(StoreConfig config, ServerKeys keys) {
      store = Store.open(config);
      streams = new Streams(store);
      ledger =
          new Ledger(
              store,
              keys.log(),
              new Sealer(keys.seal()),
              "sluice/benchmark",
              InstantSource.system(),
              streams);
      statements = new Statements(store, ledger, InstantSource.system());
    }

    @Override
    public void close() {
      streams.close();
      store.close();
    }
  }

  static Session session(int person) {
    return new Session(
        "session-" + person,
        new Actor.Person(
            new Principal("local", "p" + person, "Person " + person, "", Set.of(), Set.of())),
        Optional.of(DEVICE.log().getPublic()),
        "device",
        Instant.now(),
        Instant.now(),
        "",
        "");
  }

  /// Writes so many intents, many at a time.
  static void ingest(Bench bench, int events) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(SENDERS);
    for (int sender = 0; sender < SENDERS; sender++) {
      Session session = session(sender % PEOPLE);
      Random random = new Random(sender);
      Thread.startVirtualThread(
          () -> {
            try {
              for (int i = next.getAndIncrement(); i < events; i = next.getAndIncrement()) {
                StatementIntent intent = TestServer.reading(sql(random, i));
                bench.statements.intent(session, intent, Set.of(), transaction -> {});
              }
            } finally {
              done.countDown();
            }
          });
    }
    done.await();
  }

  private static String sql(Random random, int i) {
    return "SELECT o.id, o.total, c.name FROM orders o JOIN customers c ON c.id = o.customer_id"
        + " WHERE o.id = "
        + i
        + " AND o.status = 'status"
        + random.nextInt(50)
        + "'";
  }
}
