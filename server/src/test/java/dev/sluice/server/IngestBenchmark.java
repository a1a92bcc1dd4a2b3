package dev.sluice.server;

import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.server.directory.Session;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.ledger.Statements;
import dev.sluice.server.ledger.Timelines;
import dev.sluice.server.push.Streams;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.StoreConfig;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// How many events a second a store takes durably, each acknowledged with a signed receipt, and how
/// long a page of a timeline takes when the log is long.
final class IngestBenchmark {

  private static final int SENDERS = 256;
  private static final int PEOPLE = 200;
  private static final ServerKeys DEVICE = ServerKeys.generate();

  private IngestBenchmark() {}

  /// One run.
  ///
  /// @param perSecond events written durably, receipt signed
  /// @param p50 milliseconds from sending to receipt
  /// @param p99 milliseconds
  record Ingested(long events, double perSecond, double p50, double p99) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,d events, %,.0f events/s, receipt p50 %.1f ms, p99 %.1f ms",
          events,
          perSecond,
          p50,
          p99);
    }
  }

  /// A log on its own, without the HTTP around it.
  static final class Bench implements AutoCloseable {
    final Store store;
    final Streams streams;
    final Ledger ledger;
    final Statements statements;
    final Timelines timelines;

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
      timelines = new Timelines(store, ledger);
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

  static Ingested ingest(Bench bench, int events) throws InterruptedException {
    double[] took = new double[events];
    AtomicInteger next = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(SENDERS);
    long begun = System.nanoTime();
    for (int sender = 0; sender < SENDERS; sender++) {
      Session session = session(sender % PEOPLE);
      Random random = new Random(sender);
      Thread.startVirtualThread(
          () -> {
            try {
              for (int i = next.getAndIncrement(); i < events; i = next.getAndIncrement()) {
                StatementIntent intent = TestServer.reading(sql(random, i));
                long sent = System.nanoTime();
                bench.statements.intent(session, intent, transaction -> {});
                took[i] = (System.nanoTime() - sent) / 1e6;
              }
            } finally {
              done.countDown();
            }
          });
    }
    done.await();
    double seconds = (System.nanoTime() - begun) / 1e9;
    Arrays.sort(took);
    return new Ingested(events, events / seconds, took[events / 2], took[(int) (events * 0.99)]);
  }

  private static String sql(Random random, int i) {
    return "SELECT o.id, o.total, c.name FROM orders o JOIN customers c ON c.id = o.customer_id"
        + " WHERE o.id = "
        + i
        + " AND o.status = 'status"
        + random.nextInt(50)
        + "'";
  }

  /// Milliseconds for a page of 100, at random places of the log.
  static double[] pages(Bench bench, String text, long size, int times) {
    Random random = new Random(7);
    double[] took = new double[times];
    for (int i = 0; i < times; i++) {
      String owner = session(random.nextInt(PEOPLE)).principalKey();
      long before = i % 4 == 0 ? Long.MAX_VALUE : random.nextLong(size / 10, size);
      long begun = System.nanoTime();
      bench.timelines.page(owner, text, before, 100);
      took[i] = (System.nanoTime() - begun) / 1e6;
    }
    Arrays.sort(took);
    return took;
  }

  static void run(PrintStream out, String name, StoreConfig config, int events, long grown)
      throws InterruptedException {
    try (Bench bench = new Bench(config, ServerKeys.generate())) {
      ingest(bench, Math.min(events, 5000));
      out.println(name + ": ingest: " + ingest(bench, events));
      for (long size = events; size < grown; ) {
        long more = Math.min(grown - size, Math.max(size, 100_000));
        out.println(name + ": ingest: " + ingest(bench, (int) more));
        size += more;
        report(out, name, bench, size);
      }
    }
  }

  private static void report(PrintStream out, String name, Bench bench, long size) {
    for (String text : new String[] {"", "status7", "select orders", "4711", "nothinglikethat"}) {
      pages(bench, text, size, 20);
      double[] took = pages(bench, text, size, 100);
      out.printf(
          Locale.ROOT,
          "%s: timeline page of 100, %,d events, text \"%s\": p50 %.1f ms, p95 %.1f ms%n",
          name,
          size,
          text,
          took[50],
          took[95]);
    }
  }

  /// `ingest [EVENTS [GROWN [sqlite|postgresql]]]`.
  static void main(PrintStream out, String... arguments) throws Exception {
    int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
    long grown = arguments.length > 1 ? Long.parseLong(arguments[1]) : 0;
    String which = arguments.length > 2 ? arguments[2] : "both";
    Map<String, java.util.function.Function<Path, StoreConfig>> stores =
        Map.of(
            "sqlite",
            folder -> new StoreConfig.Sqlite(folder.resolve("log.db")),
            "postgresql",
            folder -> TestServer.freshPostgreSqlStore());
    for (String name : stores.keySet().stream().sorted().toList()) {
      if (which.equals("both") || which.equals(name)) {
        Path folder = Files.createTempDirectory("sluice-bench");
        run(out, name, stores.get(name).apply(folder), events, grown);
        try (var files = Files.list(folder)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(folder);
      }
    }
  }
}
