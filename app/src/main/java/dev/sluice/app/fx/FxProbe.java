package dev.sluice.app.fx;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javafx.application.Platform;

/// Measures how long the FX thread was ever busy: a heartbeat is posted every few milliseconds and
/// its delay is the time something else held the thread.
public final class FxProbe implements AutoCloseable {

  private static final long BEAT_MILLISECONDS = 5;

  private final AtomicLong longestNanos = new AtomicLong();
  private final Thread thread;
  private volatile boolean running = true;

  private FxProbe() {
    thread = new Thread(this::beat, "sluice-fx-probe");
    thread.setDaemon(true);
  }

  public static FxProbe start() {
    FxProbe probe = new FxProbe();
    probe.thread.start();
    return probe;
  }

  /// The longest delay since the start or the last [#reset()].
  public Duration longest() {
    return Duration.ofNanos(longestNanos.get());
  }

  public void reset() {
    longestNanos.set(0);
  }

  private void beat() {
    while (running) {
      long posted = System.nanoTime();
      Platform.runLater(() -> longestNanos.accumulateAndGet(System.nanoTime() - posted, Math::max));
      try {
        Thread.sleep(BEAT_MILLISECONDS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    running = false;
    thread.interrupt();
  }
}
