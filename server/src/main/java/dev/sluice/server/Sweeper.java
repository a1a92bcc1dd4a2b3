package dev.sluice.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does what time demands, again and again. What fails is logged and tried at the next turn.
final class Sweeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  private static final Duration SELDOM = Duration.ofMinutes(1);

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("sluice-sweeper").daemon().factory());

  Sweeper(Duration pause, List<Runnable> often, List<Runnable> seldom) {
    schedule(pause, often);
    schedule(SELDOM, seldom);
  }

  private void schedule(Duration pause, List<Runnable> turns) {
    clock.scheduleWithFixedDelay(
        () -> turns.forEach(Sweeper::run),
        pause.toMillis(),
        pause.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private static void run(Runnable turn) {
    try {
      turn.run();
    } catch (RuntimeException e) {
      LOG.error("A sweep failed; it is tried again.", e);
    }
  }

  @Override
  public void close() {
    clock.shutdown();
    try {
      if (!clock.awaitTermination(5, TimeUnit.SECONDS)) {
        clock.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      clock.shutdownNow();
    }
  }
}
