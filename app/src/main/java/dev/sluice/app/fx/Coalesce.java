package dev.sluice.app.fx;

import java.util.concurrent.atomic.AtomicBoolean;

/// Turns any number of signals from any thread into at most one pending task on the FX thread.
public final class Coalesce {

  private final UiExecutor ui;
  private final Runnable task;
  private final AtomicBoolean pending = new AtomicBoolean();

  public Coalesce(UiExecutor ui, Runnable task) {
    this.ui = ui;
    this.task = task;
  }

  public void signal() {
    if (pending.compareAndSet(false, true)) {
      ui.execute(
          () -> {
            pending.set(false);
            task.run();
          });
    }
  }
}
