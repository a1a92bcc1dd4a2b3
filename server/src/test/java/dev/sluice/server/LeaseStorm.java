package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.enforcement.LeaseBroker;
import dev.sluice.server.enforcement.LeaseTerms;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Leases that a server which no longer exists has left behind, found by another one that starts
/// while the database takes no login of the server's.
///
/// @param engine as people call it
/// @param target the enforced database
/// @param broker issues as the first server did
/// @param lock the broker login cannot sign in any more
/// @param unlock it can again
/// @param left logins of leases that the database still has
record LeaseStorm(
    String engine, Target target, LeaseBroker broker, Step lock, Step unlock, Count left) {

  interface Step {
    void run() throws Exception;
  }

  interface Count {
    int now() throws Exception;
  }

  /// Everything of [#target] applied once, so that logins can be issued.
  static void prepare(Path folder, Target target) {
    TestServer.start(folder, config -> config.withTargets(List.of(target))).close();
  }

  /// What it took.
  record Figures(String engine, int leases, double p50, double p95, long gone) {

    void page(String file, String test) throws IOException {
      ProofPage.write(
          file,
          List.of(
              "# Logins of a lost server, " + engine,
              "",
              "A server issued leases and was lost. Another one starts while the database takes no"
                  + " login of the",
              "server's; then the database is back.",
              "",
              "| figure | value |",
              "|---|---|",
              "| leases, 4 at a time | " + leases + " |",
              "| issue of one, p50 | %.1f ms |".formatted(p50),
              "| issue of one, p95 | %.1f ms |".formatted(p95),
              "| left while the database was away | " + leases + " |",
              "| all gone after the database was back | " + gone + " s (at most 60) |",
              "",
              "Repeat: `mvn -Pproof -pl server -am verify -Dtest="
                  + test
                  + " -Dsurefire.failIfNoSpecifiedTests=false`."));
    }
  }

  Figures run(Path folder, int leases) throws Exception {
    long[] nanoseconds = new long[leases];
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < leases; i++) {
        int index = i;
        threads.execute(
            () -> {
              long start = System.nanoTime();
              try {
                broker.issue(
                    new LeaseTerms("storm", "", Duration.ofSeconds(1), 4, Duration.ofSeconds(30)));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              nanoseconds[index] = System.nanoTime() - start;
            });
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(30, TimeUnit.MINUTES)).isTrue();
    }
    assertThat(left.now()).isEqualTo(leases);
    Arrays.sort(nanoseconds);

    lock.run();
    try (TestServer server =
        TestServer.start(folder, config -> config.withTargets(List.of(target)))) {
      assertThat(server.server().address()).isNotNull();
      Thread.sleep(1_000);
      assertThat(left.now()).isEqualTo(leases);
      long back = System.nanoTime();
      unlock.run();
      long until = back + Duration.ofSeconds(180).toNanos();
      while (left.now() > 0 && System.nanoTime() < until) {
        Thread.sleep(200);
      }
      long seconds = Duration.ofNanos(System.nanoTime() - back).toSeconds();
      Figures figures =
          new Figures(
              engine,
              leases,
              nanoseconds[leases / 2] / 1e6,
              nanoseconds[leases * 95 / 100] / 1e6,
              seconds);
      System.out.println(figures);
      assertThat(left.now()).isZero();
      assertThat(seconds).isLessThanOrEqualTo(60);
      return figures;
    }
  }
}
