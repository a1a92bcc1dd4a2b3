package dev.sluice.cli.tour;

import dev.sluice.app.fx.UiExecutor;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks and does things on the window's thread, from another one, and waits for the answer.
final class FxThread {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final UiExecutor DOOR = UiExecutor.platform();

  private FxThread() {}

  static <T> T ask(Callable<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    DOOR.execute(
        () -> {
          try {
            answer.complete(question.call());
          } catch (Exception e) {
            answer.completeExceptionally(e);
          }
        });
    try {
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new TourFailure("The window answered with an error: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new TourFailure("The window did not answer for " + PATIENCE.toSeconds() + " s.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TourFailure("Interrupted.", e);
    }
  }

  static void run(Runnable action) {
    ask(
        () -> {
          action.run();
          return true;
        });
  }

  /// Waits until the condition holds, looking at it on the window's thread.
  ///
  /// @return how long it took
  static Duration await(String what, Callable<Boolean> condition) {
    long start = System.nanoTime();
    long end = start + PATIENCE.toNanos();
    while (!ask(condition)) {
      if (System.nanoTime() - end > 0) {
        throw new TourFailure("Waited in vain for " + what + ".");
      }
      pause(20);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TourFailure("Interrupted.", e);
    }
  }
}
