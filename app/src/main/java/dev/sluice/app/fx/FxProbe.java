package dev.sluice.app.fx;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javafx.application.Platform;

/// Measures how long the FX thread was ever busy: a heartbeat is posted every few milliseconds and
/// its delay is the time something else held the thread.
public final class FxProbe implements AutoCloseable {

  private static final long BEAT_MILLISECONDS = 5;

  private final AtomicLong longestNanos = new AtomicLong();
  private final AtomicLong longestProcessorNanos = new AtomicLong();
  private long lastProcessorNanos = -1;
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

  /// The most processor time the FX thread took between two beats: what it did itself, however
  /// busy the machine was.
  public Duration longestProcessorTime() {
    return Duration.ofNanos(longestProcessorNanos.get());
  }

  public void reset() {
    longestProcessorNanos.set(0);
    longestNanos.set(0);
  }

  private void beaten(long posted) {
    longestNanos.accumulateAndGet(System.nanoTime() - posted, Math::max);
    long now = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    if (lastProcessorNanos >= 0) {
      longestProcessorNanos.accumulateAndGet(now - lastProcessorNanos, Math::max);
    }
    lastProcessorNanos = now;
  }

  private void beat() {
    while (running) {
      long posted = System.nanoTime();
      Platform.runLater(() -> beaten(posted));
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
