package dev.sluice.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/// One million rows, and one row, by each road.
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class QueryBenchmark {

  @Param({"RAW", "SLUICE", "SHARDINGSPHERE"})
  RoadKind road = RoadKind.RAW;

  private Road open;
  private int next;
  private boolean warm;

  @Setup
  public void open() throws Exception {
    open = road.open();
  }

  @TearDown
  public void close() throws Exception {
    open.close();
  }

  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public void stream(Blackhole blackhole) throws Exception {
    open.run(
        "SELECT id, name, email, card, city, amount, seen, active FROM people",
        Shop.ROWS,
        blackhole);
  }

  /// Another literal each time: nobody's cache of texts helps.
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public void point(Blackhole blackhole) throws Exception {
    if (!warm) {
      // Within the first warm-up iteration, of which nothing is counted.
      warm = true;
      Warmth.reach(() -> one(blackhole));
    }
    one(blackhole);
  }

  private void one(Blackhole blackhole) throws Exception {
    next = (next + 7919) % Shop.ROWS;
    open.run(
        "SELECT id, name, email, card, city, amount, seen, active FROM people WHERE id = "
            + (next + 1),
        1,
        blackhole);
  }
}
