package dev.sluice.gateway.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.governance.sql.ParserWorker.ParserOverrun;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BoundedParserWorkerTest {

  private static BoundedParserWorker worker(int atOnce, int abandoned, long milliseconds) {
    return new BoundedParserWorker(
        new BoundedParserWorker.Settings(
            atOnce, abandoned, 4L << 20, Duration.ofMillis(milliseconds)));
  }

  @Test
  void returnsWhatTheWorkReturns() throws Exception {
    try (BoundedParserWorker worker = BoundedParserWorker.standard()) {
      assertThat(worker.run(() -> 42)).isEqualTo(42);
    }
  }

  @Test
  void workInsideWorkStaysOnItsThread() throws Exception {
    try (BoundedParserWorker worker = worker(1, 1, 10_000)) {
      Thread inner =
          worker.run(
              () -> {
                Thread outer = Thread.currentThread();
                Thread nested = worker.run(Thread::currentThread);
                assertThat(nested).isSameAs(outer);
                return nested;
              });
      assertThat(inner).isNotSameAs(Thread.currentThread());
    }
  }

  @Test
  void deepNestingIsAnOverrunAndNotACrash() throws Exception {
    try (BoundedParserWorker worker = worker(1, 1, 10_000)) {
      assertThatThrownBy(() -> worker.run(() -> depth(0)))
          .isInstanceOf(ParserOverrun.class)
          .hasMessageContaining("nested too deeply");
      assertThat(worker.run(() -> "next")).isEqualTo("next");
    }
  }

  @Test
  void workThatHangsIsGivenUpAndDoesNotStarveTheNext() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (BoundedParserWorker worker = worker(1, 2, 50)) {
      for (int hung = 0; hung < 2; hung++) {
        assertThatThrownBy(() -> worker.run(() -> waitDeaf(never)))
            .isInstanceOf(ParserOverrun.class)
            .hasMessageContaining("took longer");
        assertThat(worker.run(() -> "next")).isEqualTo("next");
      }
      never.countDown();
    }
  }

  @Test
  void tooManyHungThreadsRefuseNewWork() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (BoundedParserWorker worker = worker(1, 0, 50)) {
      assertThatThrownBy(() -> worker.run(() -> waitDeaf(never))).isInstanceOf(ParserOverrun.class);
      assertThatThrownBy(() -> worker.run(() -> "next"))
          .isInstanceOf(ParserOverrun.class)
          .hasMessageContaining("busy");
      never.countDown();
    }
  }

  @Test
  void errorsOfTheWorkReachTheCaller() {
    try (BoundedParserWorker worker = BoundedParserWorker.standard()) {
      assertThatThrownBy(
              () ->
                  worker.run(
                      () -> {
                        throw new IllegalArgumentException("broken");
                      }))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @SuppressWarnings("InfiniteRecursion") // the stack has to overflow
  private static int depth(int level) {
    return depth(level + 1) + 1;
  }

  private static String waitDeaf(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return "done";
      } catch (InterruptedException e) {
        // Deaf on purpose: a parser does not listen either.
      }
    }
  }
}
