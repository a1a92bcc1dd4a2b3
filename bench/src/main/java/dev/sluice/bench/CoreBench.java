package dev.sluice.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.util.Statistics;

/// `sluice bench core`: decisions, rules, streaming, point queries, the journal.
final class CoreBench {

  private static final String DECISIONS = "From text to decision";
  private static final String RULES = "With 10 and with 10,000 rules";
  private static final String STREAM = "1,000,000 rows x 8 columns, two partial masks";
  private static final String POINT = "One row by its key, another literal each time";
  private static final String JOURNAL = "Journal";

  private final boolean full;
  private final Consumer<String> said;
  private final List<Figure> figures = new ArrayList<>();

  /// @param said takes what is measured next
  CoreBench(boolean full, Consumer<String> said) {
    this.full = full;
    this.said = said;
  }

  List<Figure> run() throws Exception {
    decisions();
    said.accept("a PostgreSQL with 1,000,000 rows");
    try (Shop shop = Shop.start()) {
      roads(shop);
    }
    journal();
    return List.copyOf(figures);
  }

  private void decisions() throws RunnerException {
    said.accept("decisions on everyday statements");
    Statistics everyday = decision("analysisAndDecision", DecisionBenchmark.Size.EVERYDAY, 10);
    add(DECISIONS, "decision.everyday.p50", "everyday statement, p50", p50(everyday), 300);
    add(DECISIONS, "decision.everyday.p99", "everyday statement, p99", p99(everyday), 10_000);
    said.accept("decisions on reports of TPC-DS size");
    Statistics report = decision("analysisAndDecision", DecisionBenchmark.Size.REPORT, 10);
    add(DECISIONS, "decision.report.p50", "report of TPC-DS size, p50", p50(report), 3_000);
    add(DECISIONS, "decision.report.p99", "report of TPC-DS size, p99", p99(report), 10_000);

    said.accept("decisions by 10,000 rules");
    Statistics few = decision("decision", DecisionBenchmark.Size.EVERYDAY, 10);
    Statistics many = decision("decision", DecisionBenchmark.Size.EVERYDAY, 10_000);
    Statistics withMany = decision("analysisAndDecision", DecisionBenchmark.Size.EVERYDAY, 10_000);
    add(RULES, "rules.10.decision.p50", "decision alone, 10 rules, p50", p50(few), 1_000);
    add(RULES, "rules.10000.decision.p50", "decision alone, 10,000 rules, p50", p50(many), 1_000);
    add(RULES, "rules.10000.everyday.p50", "from text, 10,000 rules, p50", p50(withMany), 300);
    figures.add(
        Figure.of(
                RULES,
                "rules.ratio",
                "from text, 10,000 rules to 10",
                p50(withMany) / p50(everyday),
                "")
            .atMost(1.2));
  }

  private Statistics decision(String method, DecisionBenchmark.Size size, int rules)
      throws RunnerException {
    return measuring()
        .sample(
            DecisionBenchmark.class,
            method,
            Map.of("size", size.name(), "rules", Integer.toString(rules)));
  }

  private Measuring measuring() {
    return new Measuring(full, log(), List.of());
  }

  private static String log() {
    return Path.of(System.getProperty("sluice.root", "."), ".sluice", "bench.log").toString();
  }

  private void roads(Shop shop) throws Exception {
    String jars = System.getProperty(ShardingSphere.CLASS_PATH, "");
    Measuring measuring =
        new Measuring(
            full,
            log(),
            List.of(
                "-Xmx2g",
                "-D" + Shop.PORT + "=" + shop.port(),
                "-D" + ShardingSphere.CLASS_PATH + "=" + jars));
    List<RoadKind> kinds = new ArrayList<>(List.of(RoadKind.values()));
    if (jars.isEmpty() || !Files.exists(Path.of(jars))) {
      kinds.remove(RoadKind.SHARDINGSPHERE);
      said.accept("(ShardingSphere could not be fetched and is left out)");
    }
    Map<RoadKind, List<Double>> times = new EnumMap<>(RoadKind.class);
    for (int round = 1; round <= measuring.rounds(); round++) {
      for (RoadKind kind : List.copyOf(kinds)) {
        said.accept("streaming, " + kind.words + ", round " + round);
        try {
          times
              .computeIfAbsent(kind, none -> new ArrayList<>())
              .addAll(measuring.shots(QueryBenchmark.class, "stream", road(kind)));
        } catch (IllegalStateException e) {
          // What fails of the library that is compared with is not ours to measure.
          if (kind != RoadKind.SHARDINGSPHERE) {
            throw e;
          }
          said.accept("(ShardingSphere fails and is left out; see .sluice/bench.log)");
          kinds.remove(kind);
        }
      }
    }
    for (RoadKind kind : kinds) {
      double median = Measuring.median(times.getOrDefault(kind, List.of()));
      add(STREAM, name("stream", kind, "ms"), kind.words + ", median", median, "ms");
      if (kind != RoadKind.RAW) {
        ratio(
            STREAM,
            "stream",
            kind,
            Measuring.median(times.getOrDefault(RoadKind.RAW, List.of())) / median,
            0.9);
      }
    }
    Statistics raw = null;
    for (RoadKind kind : kinds) {
      said.accept("point queries, " + kind.words);
      Statistics point = measuring.sample(QueryBenchmark.class, "point", road(kind));
      add(POINT, name("point", kind, "p50"), kind.words + ", p50", p50(point), "us");
      add(POINT, name("point", kind, "p99"), kind.words + ", p99", p99(point), "us");
      if (raw == null) {
        raw = point;
      } else {
        ratio(POINT, "point", kind, p50(raw) / p50(point), 0);
      }
    }
  }

  private static Map<String, String> road(RoadKind kind) {
    return Map.of("road", kind.name());
  }

  private void ratio(String group, String what, RoadKind kind, double value, double floor) {
    Figure figure =
        Figure.of(
            group, name(what, kind, "ratio"), kind.words + ", speed to raw JDBC's", value, "");
    figures.add(kind == RoadKind.SLUICE && floor > 0 ? figure.atLeast(floor) : figure);
  }

  private void journal() throws RunnerException {
    said.accept("journal");
    Statistics append = measuring().sample(JournalBenchmark.class, "append", Map.of());
    add(JOURNAL, "journal.append.p50", "one intent, durable on disk, p50", p50(append), "us");
    add(JOURNAL, "journal.append.p99", "one intent, durable on disk, p99", p99(append), "us");
    add(
        JOURNAL,
        "journal.rate",
        "intents a second, one after the other",
        1e6 / append.getMean(),
        "/s");
  }

  private static String name(String what, RoadKind kind, String unit) {
    return what + "." + kind.name().toLowerCase(java.util.Locale.ROOT) + "." + unit;
  }

  private void add(String group, String name, String words, double value, String unit) {
    figures.add(Figure.of(group, name, words, value, unit));
  }

  private void add(String group, String name, String words, double microseconds, double ceiling) {
    figures.add(Figure.of(group, name, words, microseconds, "us").atMost(ceiling));
  }

  private static double p50(Statistics statistics) {
    return statistics.getPercentile(50);
  }

  private static double p99(Statistics statistics) {
    return statistics.getPercentile(99);
  }
}
