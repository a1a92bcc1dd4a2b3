package dev.sluice.app.fx;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import javafx.application.Platform;

/// Starts JavaFX and runs work on its thread for callers that wait for the answer.
public final class Toolkit {

  private Toolkit() {}

  /// Returns when the toolkit runs, whoever started it. Not for the FX thread. The toolkit goes on
  /// when the last window closes.
  ///
  /// @throws IllegalStateException when the wait is interrupted
  public static void start() {
    FontFallback.prepare();
    CountDownLatch running = new CountDownLatch(1);
    try {
      Platform.startup(running::countDown);
    } catch (IllegalStateException alreadyRunning) {
      Platform.runLater(running::countDown);
    }
    try {
      running.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the toolkit starts.", e);
    }
    Platform.setImplicitExit(false);
  }

  /// Runs work on the FX thread and returns its result. Any thread.
  ///
  /// @throws java.util.concurrent.CompletionException with what the work threw, when it ran on
  ///     another thread than the caller's
  public static <T> T call(Supplier<T> work) {
    if (Platform.isFxApplicationThread()) {
      return work.get();
    }
    CompletableFuture<T> done = new CompletableFuture<>();
    Platform.runLater(
        () -> {
          try {
            done.complete(work.get());
          } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
          }
        });
    return done.join();
  }
}
