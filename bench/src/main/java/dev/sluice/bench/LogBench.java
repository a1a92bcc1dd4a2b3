package dev.sluice.bench;

import dev.sluice.governance.codec.wire.LogHead;
import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.server.Ids;
import dev.sluice.server.Sealer;
import dev.sluice.server.ServerKeys;
import dev.sluice.server.directory.Session;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.ledger.Statements;
import dev.sluice.server.ledger.Timelines;
import dev.sluice.server.push.Streams;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.StoreConfig;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A log over a real store, without the HTTP around it: how many events a second it takes durably,
/// each acknowledged with a signed receipt, and how long a page of a timeline takes.
final class LogBench implements AutoCloseable {

  private static final int SENDERS = 256;
  private static final int PEOPLE = 200;
  private static final ServerKeys DEVICE = ServerKeys.generate();

  private final Store store;
  private final Streams streams;
  private final Ledger ledger;
  private final Statements statements;
  private final Timelines timelines;

  LogBench(StoreConfig config) {
    ServerKeys keys = ServerKeys.generate();
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
    timelines = new Timelines(store, ledger);
  }

  /// One run.
  ///
  /// @param perSecond events written durably, receipt signed
  /// @param p50 milliseconds from sending to receipt
  /// @param p99 milliseconds
  /// @param processor microseconds of this process' processor time for each event
  /// @param perCommit events that went to disk together
  record Ingested(double perSecond, double p50, double p99, double processor, double perCommit) {}

  Ingested ingest(int events) throws InterruptedException {
    double[] took = new double[events];
    AtomicInteger next = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(SENDERS);
    long commits = store.commits();
    long processor = Machine.processorTime();
    long begun = System.nanoTime();
    for (int sender = 0; sender < SENDERS; sender++) {
      Session session = session(sender % PEOPLE);
      Random random = new Random(sender);
      Thread.startVirtualThread(
          () -> {
            try {
              for (int i = next.getAndIncrement(); i < events; i = next.getAndIncrement()) {
                long sent = System.nanoTime();
                statements.intent(session, intent(sql(random, i)), Set.of(), transaction -> {});
                took[i] = (System.nanoTime() - sent) / 1e6;
              }
            } finally {
              done.countDown();
            }
          });
    }
    done.await();
    double seconds = (System.nanoTime() - begun) / 1e9;
    double used = (Machine.processorTime() - processor) / 1e3;
    Arrays.sort(took);
    return new Ingested(
        events / seconds,
        took[events / 2],
        took[(int) (events * 0.99)],
        used / events,
        (double) events / (store.commits() - commits));
  }

  /// Rows a second of the same size in a plain table with one key, as many in a commit, and nothing
  /// else: what the store itself can do here and now.
  double plain(int rows, int perCommit) {
    String text = "x".repeat(1000);
    store.write(
        transaction ->
            transaction
                .handle()
                .execute("CREATE TABLE IF NOT EXISTS plain (id TEXT PRIMARY KEY, body TEXT)"));
    long begun = System.nanoTime();
    for (int written = 0; written < rows; written += perCommit) {
      store.write(
          transaction -> {
            var batch = transaction.handle().prepareBatch("INSERT INTO plain VALUES (?, ?)");
            for (int i = 0; i < perCommit; i++) {
              batch.add(Ids.next(), text);
            }
            return batch.execute().length;
          });
    }
    return rows / ((System.nanoTime() - begun) / 1e9);
  }

  /// Milliseconds for a page of 100, at the end of the log and at random places, sorted.
  double[] pages(String text, long size, int times) {
    Random random = new Random(7);
    double[] took = new double[times];
    for (int i = 0; i < times; i++) {
      String owner = session(random.nextInt(PEOPLE)).principalKey();
      long before = i % 4 == 0 ? Long.MAX_VALUE : random.nextLong(size / 10, size);
      long begun = System.nanoTime();
      timelines.page(owner, text, before, 100);
      took[i] = (System.nanoTime() - begun) / 1e6;
    }
    Arrays.sort(took);
    return took;
  }

  /// What a database does by itself in time, done now.
  void settle() {
    if (!store.isSqlite()) {
      store.scrub(List.of("ledger_entry", "ledger_key", "timeline"));
      store.read(handle -> handle.execute("ANALYZE"));
    }
  }

  private static Session session(int person) {
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

  private static StatementIntent intent(String sql) {
    return new StatementIntent(
        Ids.next(),
        Ids.next(),
        "shop",
        sql,
        sql,
        List.of(),
        "window",
        Map.of(),
        "allow",
        "analysts-read",
        "",
        1,
        "",
        List.of(),
        List.of(),
        "",
        Instant.now(),
        LogHead.none());
  }

  private static String sql(Random random, int i) {
    return "SELECT o.id, o.total, c.name FROM orders o JOIN customers c ON c.id = o.customer_id"
        + " WHERE o.id = "
        + i
        + " AND o.status = 'status"
        + random.nextInt(50)
        + "'";
  }

  @Override
  public void close() {
    streams.close();
    store.close();
  }
}
