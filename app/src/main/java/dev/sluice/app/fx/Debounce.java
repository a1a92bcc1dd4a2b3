package dev.sluice.app.fx;

import java.time.Duration;

/// Runs the last of many quick requests once things are quiet. Used from one thread.
public final class Debounce {

  private final Background background;
  private final Duration quiet;
  private Runnable cancelPending = () -> {};

  public Debounce(Background background, Duration quiet) {
    this.background = background;
    this.quiet = quiet;
  }

  /// Forgets what was pending and runs `task` on a background thread after the quiet time.
  public void request(Runnable task) {
    cancelPending.run();
    cancelPending = background.after(quiet, task);
  }

  public void cancel() {
    cancelPending.run();
  }
}
