package dev.sluice.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/// Runs JMH, each measurement in a process of its own.
///
/// @param full longer, for figures that are written down
/// @param log file of the last measurement in JMH's own words
/// @param jvm further arguments of these processes
record Measuring(boolean full, String log, List<String> jvm) {

  /// Set for a run that is to be over soon: figures to look at, not to write down.
  static final String QUICK = "sluice.bench.quick";

  private int times(int inFull, int usually) {
    return times(full, inFull, usually, 2);
  }

  /// How often something is measured in a full run, in a usual one, in a quick one.
  static int times(boolean full, int inFull, int usually, int quick) {
    return full ? inFull : Boolean.getBoolean(QUICK) ? quick : usually;
  }

  /// How often roads that are compared take turns, so that a noisy minute hits all of them.
  int rounds() {
    return Boolean.getBoolean(QUICK) ? 1 : full ? 4 : 2;
  }

  /// Sampled times of a short operation.
  Statistics sample(Class<?> benchmark, String method, Map<String, String> parameters)
      throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                options(benchmark, method, parameters)
                    .warmupIterations(2)
                    .measurementIterations(times(10, 4))
                    .warmupTime(TimeValue.seconds(1))
                    .measurementTime(TimeValue.seconds(1))
                    .build())
            .run();
    return only(results).getPrimaryResult().getStatistics();
  }

  /// Times of single long runs.
  List<Double> shots(Class<?> benchmark, String method, Map<String, String> parameters)
      throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                options(benchmark, method, parameters)
                    .warmupIterations(times(3, 3))
                    .measurementIterations(times(5, 4))
                    .build())
            .run();
    List<Double> times = new ArrayList<>();
    for (BenchmarkResult fork : only(results).getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        times.add(iteration.getPrimaryResult().getScore());
      }
    }
    return times;
  }

  private static RunResult only(Collection<RunResult> results) {
    return results.stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("The benchmark gave no result."));
  }

  private ChainedOptionsBuilder options(
      Class<?> benchmark, String method, Map<String, String> parameters) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$")
            .forks(1)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.NORMAL)
            .output(log)
            .jvmArgsAppend(jvm.toArray(String[]::new));
    parameters.forEach(options::param);
    return options;
  }

  static double median(List<Double> times) {
    List<Double> sorted = times.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
