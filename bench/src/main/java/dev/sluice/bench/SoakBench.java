package dev.sluice.bench;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.ServerTrust;
import dev.sluice.gateway.remote.TrustMemory;
import dev.sluice.server.SluiceServer;
import dev.sluice.server.directory.AccountSeed;
import dev.sluice.server.store.StoreConfig;
import dev.sluice.server.verify.LedgerVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// `sluice bench soak`: many people, agents and approvers at two servers over one PostgreSQL, for
/// minutes; then the books are compared. All of it in one process of this machine, so the figures
/// are those of servers and clients together.
final class SoakBench {

  private static final String GROUP = "Soak";
  private static final List<String> ACTIONS =
      List.of(
          "lease",
          "statement announced",
          "statement ended",
          "timeline",
          "request",
          "request looked at",
          "inbox",
          "decision",
          "approved statement run");

  private final int people;
  private final Duration lasts;
  private final Consumer<String> said;

  SoakBench(int people, Duration lasts, Consumer<String> said) {
    this.people = people;
    this.lasts = lasts;
    this.said = said;
  }

  List<Figure> run() throws Exception {
    Path folder = Files.createTempDirectory("sluice-soak");
    try (BenchServer shop = BenchServer.start()) {
      shop.execute("CREATE TABLE counters (id int PRIMARY KEY, n int NOT NULL)");
      shop.execute("INSERT INTO counters SELECT i, 0 FROM generate_series(0, 199) i");
      StoreConfig store = shop.store();
      said.accept("starting two servers for " + people + " accounts");
      try (SluiceServer one = shop.server(folder, store, accounts());
          SluiceServer two = shop.server(folder, store, accounts())) {
        return work(shop, List.of(one, two), folder);
      }
    } finally {
      delete(folder);
    }
  }

  private List<Figure> work(BenchServer shop, List<SluiceServer> servers, Path folder)
      throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    SoakWork work = new SoakWork(over::get);
    List<HttpServerClient> clients = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    try {
      said.accept("signing " + people + " accounts in");
      for (int i = 0; i < people; i++) {
        clients.add(signIn(servers.get(i % 2), account(i)));
      }
      said.accept("working for " + lasts.toSeconds() + " s");
      long begun = System.nanoTime();
      for (int i = 0; i < people; i++) {
        threads.add(start(work, clients.get(i), i));
      }
      Thread.sleep(lasts.dividedBy(4));
      double early = memory();
      Thread.sleep(lasts.multipliedBy(3).dividedBy(4));
      double late = memory();
      over.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      return figures(shop, servers.getFirst(), folder, work, seconds, early, late);
    } finally {
      over.set(true);
      clients.forEach(HttpServerClient::close);
    }
  }

  private Thread start(SoakWork work, HttpServerClient client, int number) {
    Random random = new Random(number);
    return Thread.ofVirtual()
        .start(
            () -> {
              switch (kind(number)) {
                case "approver" -> work.approves(client, random);
                case "agent" -> work.asks(client, Map.of("workflow", "soak"), random);
                default -> work.asks(client, Map.of(), random);
              }
            });
  }

  private List<Figure> figures(
      BenchServer shop,
      SluiceServer server,
      Path folder,
      SoakWork work,
      double seconds,
      double early,
      double late)
      throws Exception {
    List<Figure> figures = new ArrayList<>();
    long actions = 0;
    for (String action : ACTIONS) {
      Timing timing = work.timing(action);
      actions += timing.count();
      String name = "soak." + action.replace(' ', '-');
      add(figures, name + ".count", action + ", how many", timing.count(), "");
      for (double part : new double[] {0.5, 0.95, 0.99}) {
        String percent = "p" + Math.round(part * 100);
        add(figures, name + "." + percent, action + ", " + percent, timing.at(part), "ms");
      }
    }
    add(figures, "soak.rate", "requests a second", actions / seconds, "/s");
    add(figures, "soak.memory.early", "heap after a quarter of the time", early, "MiB");
    add(figures, "soak.memory.late", "heap at the end", late, "MiB");
    figures.add(figure("soak.memory.ratio", "end to quarter", late / early, "").atMost(1.2));
    new TreeMap<>(work.problems())
        .forEach((code, count) -> said.accept("refused: " + code + ", " + count + " times"));
    long wrong = work.problems().values().stream().mapToLong(each -> each.get()).sum();
    figures.add(figure("soak.problems", "answers that should not have been", wrong, "").atMost(0));
    long changed = shop.number("SELECT sum(n) FROM counters");
    figures.add(
        figure(
                "soak.lost",
                "changes in the database beside those that were acknowledged",
                Math.abs(changed - work.ran()),
                "")
            .atMost(0));
    said.accept("verifying the log");
    Path export = folder.resolve("export.jsonl");
    DeviceClient.signIn(server.address(), BenchServer.APPROVER).download("/v1/log/export", export);
    LedgerVerifier.Report report =
        LedgerVerifier.verify(export, Optional.of(server.info().logKey()));
    said.accept(report.message());
    add(figures, "soak.log.entries", "entries of the log that hold", report.entries(), "");
    figures.add(
        figure("soak.log.broken", "first entry that does not hold", report.firstBroken(), "")
            .atMost(0));
    if (!report.intact()) {
      throw new IllegalStateException("The log does not hold: " + report.message());
    }
    return List.copyOf(figures);
  }

  private static void add(
      List<Figure> figures, String name, String words, double value, String unit) {
    figures.add(figure(name, words, value, unit));
  }

  private static Figure figure(String name, String words, double value, String unit) {
    return Figure.of(GROUP, name, words, value, unit);
  }

  private static HttpServerClient signIn(SluiceServer server, String account) throws Exception {
    return HttpServerClient.signIn(
        ServerTrust.pin(server.address(), server.info()),
        TrustMemory.inMemory(),
        account,
        BenchServer.PASSWORD.toCharArray(),
        "soak");
  }

  /// Of twenty accounts two decide, one is an agent of the account before it, the others ask.
  private static String kind(int number) {
    return switch (number % 20) {
      case 0, 10 -> "approver";
      case 5 -> "agent";
      default -> "analyst";
    };
  }

  private static String account(int number) {
    return kind(number) + "-" + number;
  }

  private List<AccountSeed> accounts() {
    List<AccountSeed> all = new ArrayList<>();
    all.add(seed(BenchServer.APPROVER, "data-owners", Set.of("analyst", "auditor"), ""));
    for (int i = 0; i < people; i++) {
      String kind = kind(i);
      all.add(
          seed(
              account(i),
              kind.equals("approver") ? "data-owners" : "analysts",
              Set.of("analyst"),
              kind.equals("agent") ? account(i - 1) : ""));
    }
    return all;
  }

  private static AccountSeed seed(String account, String group, Set<String> roles, String agentOf) {
    return new AccountSeed(
        account,
        account,
        account + "@acme.test",
        Set.of(group),
        roles,
        BenchServer.PASSWORD,
        agentOf);
  }

  /// What is in use after a collection, in MiB.
  private static double memory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
