package dev.sluice.gateway.execution;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Lets any thread stop a run. A run that was cancelled before it began never begins.
public final class Cancellation {

  private final AtomicReference<@Nullable Backend> backend = new AtomicReference<>();
  private volatile boolean requested;

  /// Asks the database to stop; returns at once.
  public void cancel() {
    requested = true;
    Backend current = backend.get();
    if (current != null) {
      current.cancel();
    }
  }

  /// Gives the session up, for a database that does not answer the request to stop.
  public void abandon() {
    requested = true;
    Backend current = backend.get();
    if (current != null) {
      current.abandon();
    }
  }

  public boolean isRequested() {
    return requested;
  }

  void attach(Backend running) {
    backend.set(running);
  }

  void detach() {
    backend.set(null);
  }
}
