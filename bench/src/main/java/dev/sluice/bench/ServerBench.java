package dev.sluice.bench;

import dev.sluice.server.SluiceServer;
import dev.sluice.server.store.StoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// `sluice bench server`: the audit log, timelines, push, start and memory.
final class ServerBench {

  private static final String START = "Start of a server, SQLite";
  private static final int STREAMS = 1000;
  private static final int PEOPLE = 50;
  private static final int WARM_UP = 5_000;

  private final boolean full;
  private final Consumer<String> said;
  private final List<Figure> figures = new ArrayList<>();

  /// @param said takes what is measured next
  ServerBench(boolean full, Consumer<String> said) {
    this.full = full;
    this.said = said;
  }

  List<Figure> run() throws Exception {
    start();
    try (BenchServer shop = BenchServer.start()) {
      push(shop);
      Path folder = Files.createTempDirectory("sluice-bench");
      try {
        log("sqlite", "SQLite", new StoreConfig.Sqlite(folder.resolve("log.db")));
      } finally {
        delete(folder);
      }
      log("postgresql", "PostgreSQL", shop.store());
    }
    return List.copyOf(figures);
  }

  private void start() throws Exception {
    said.accept("measuring the start of a server");
    ServerStart.Started started = ServerStart.measure(Measuring.times(full, 7, 4, 2));
    add(START, "server.start.ms", "process start to first answer, median", started.median(), "ms")
        .atMost(2000);
    add(
        START,
        "server.start.processor",
        "processor time until then, median",
        started.processor(),
        "ms");
    add(START, "server.idle.memory", "memory of the idle process", started.memory(), "MiB")
        .atMost(200);
  }

  private void push(BenchServer shop) throws Exception {
    int decisions = Measuring.times(full, 300, 100, 30);
    Path alone = Files.createTempDirectory("sluice-bench");
    try (SluiceServer one =
        shop.server(alone, new StoreConfig.Sqlite(alone.resolve("server.db")), PEOPLE)) {
      push("sqlite.one", "one server, SQLite", one, one, decisions);
    } finally {
      delete(alone);
    }
    Path shared = Files.createTempDirectory("sluice-bench");
    StoreConfig store = shop.store();
    try (SluiceServer one = shop.server(shared, store, PEOPLE);
        SluiceServer two = shop.server(shared, store, PEOPLE)) {
      push("postgresql.one", "one server, PostgreSQL", one, one, decisions);
      push("postgresql.two", "decided on one, read on another", one, two, decisions);
    } finally {
      delete(shared);
    }
  }

  private void push(
      String name, String words, SluiceServer deciding, SluiceServer listening, int decisions)
      throws Exception {
    said.accept("measuring push, " + words);
    PushBench.run(deciding, listening, 5, 10, 30);
    PushBench.Pushed pushed = PushBench.run(deciding, listening, PEOPLE, STREAMS, decisions);
    String group =
        String.format(
            Locale.ROOT, "A decision reaches the requester's stream, %,d streams open", STREAMS);
    add(group, "push." + name + ".p50", words + ", p50", at(pushed.took(), 0.5), "ms");
    add(group, "push." + name + ".p99", words + ", p99", at(pushed.took(), 0.99), "ms").atMost(250);
    add(
        group,
        "push." + name + ".answer.p50",
        words + ": the decision's own answer, p50",
        at(pushed.answered(), 0.5),
        "ms");
  }

  private void log(String name, String words, StoreConfig store) throws Exception {
    String group = "Audit log on " + words + ", each event durable and acknowledged";
    int events = Measuring.times(full, 60_000, 15_000, 3_000);
    try (LogBench log = new LogBench(store)) {
      said.accept("measuring the audit log on " + words);
      log.ingest(WARM_UP);
      LogBench.Ingested ingested = log.ingest(events);
      double plain = log.plain(events, Math.max(1, (int) ingested.perCommit()));
      add(group, name + ".ingest", "events", ingested.perSecond(), "/s").atLeast(3000);
      add(group, name + ".ingest.p99", "receipt, p99", ingested.p99(), "ms");
      add(group, name + ".ingest.commit", "events in one commit", ingested.perCommit(), "");
      add(
          group,
          name + ".ingest.processor",
          "processor time of the server, an event",
          ingested.processor(),
          "us");
      add(group, name + ".plain", "rows of that size, bare, as many in a commit", plain, "/s");
      add(group, name + ".ingest.ratio", "events to bare rows", ingested.perSecond() / plain, "");
      timeline(name, words, log, WARM_UP + events);
    }
  }

  private void timeline(String name, String words, LogBench log, long filled)
      throws InterruptedException {
    long most =
        Long.getLong("sluice.bench.events", Measuring.times(full, 1_000_000, 60_000, 10_000));
    log.settle();
    double small = page(name, words, log, filled);
    if (most <= filled) {
      return;
    }
    said.accept(String.format(Locale.ROOT, "filling a log with %,d events on %s", most, words));
    log.ingest((int) (most - filled));
    log.settle();
    double large = page(name, words, log, most);
    add(
        group(words),
        name + ".timeline.growth",
        String.format(Locale.ROOT, "p95 at %,d events to p95 at %,d", most, filled),
        large / small,
        "");
  }

  private static String group(String words) {
    return "A page of 100 of one person's timeline, " + words + ", 200 people";
  }

  private double page(String name, String words, LogBench log, long size) {
    double p95 = 0;
    for (String text : List.of("", "status7", "select orders", "nothinglikethat")) {
      log.pages(text, size, 40);
      double[] took = log.pages(text, size, 200);
      String what = text.isEmpty() ? "all" : '"' + text + '"';
      add(
              group(words),
              name + ".timeline." + size + "." + (text.isEmpty() ? "all" : text.replace(' ', '-')),
              String.format(Locale.ROOT, "%,d events, %s, p95", size, what),
              at(took, 0.95),
              "ms")
          .atMost(100);
      p95 = text.isEmpty() ? at(took, 0.95) : p95;
    }
    return p95;
  }

  private static double at(double[] sorted, double part) {
    return sorted[Math.min(sorted.length - 1, (int) (sorted.length * part))];
  }

  /// A figure that was added and may still get its target.
  private Added add(String group, String name, String words, double value, String unit) {
    Figure figure = Figure.of(group, name, words, value, unit);
    said.accept("  " + words + ": " + figure.shown());
    figures.add(figure);
    return new Added(figures.size() - 1);
  }

  private final class Added {
    private final int place;

    Added(int place) {
      this.place = place;
    }

    void atMost(double ceiling) {
      figures.set(place, figures.get(place).atMost(ceiling));
    }

    void atLeast(double floor) {
      figures.set(place, figures.get(place).atLeast(floor));
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
