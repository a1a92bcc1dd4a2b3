package dev.sluice.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// Runs an operation until it is warm, whatever machine it runs on: until the just-in-time compiler
/// has hardly anything left to do. A fixed number of seconds is too short for a large parser on two
/// processors: what is measured then is the compiler, not the product.
final class Warmth {

  /// An operation of a benchmark.
  interface Operation {
    void run() throws Exception;
  }

  private static final Duration WINDOW = Duration.ofSeconds(1);

  /// Compiling for less of a window than this counts as quiet.
  private static final Duration QUIET = Duration.ofMillis(60);

  /// Compiling is counted when it is done, and one large method takes seconds: fewer quiet windows
  /// than this may only mean that the compiler is at such a one.
  private static final int QUIET_WINDOWS = 4;

  private static final int MOST_WINDOWS = 45;

  private Warmth() {}

  /// Returns after four quiet seconds one after the other, or after 45 seconds.
  static void reach(Operation operation) throws Exception {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    int quiet = 0;
    for (int window = 0; window < MOST_WINDOWS && quiet < QUIET_WINDOWS; window++) {
      long before = compiler.getTotalCompilationTime();
      long end = System.nanoTime() + WINDOW.toNanos();
      while (System.nanoTime() - end < 0) {
        operation.run();
      }
      quiet = compiler.getTotalCompilationTime() - before < QUIET.toMillis() ? quiet + 1 : 0;
    }
  }
}
