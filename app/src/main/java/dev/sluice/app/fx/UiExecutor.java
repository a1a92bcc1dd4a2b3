package dev.sluice.app.fx;

import java.util.concurrent.Executor;
import javafx.application.Platform;

/// The only door to the FX thread. Tasks run there later, in the order they were given, and must be
/// short: whatever blocks or computes belongs to [Background].
@FunctionalInterface
public interface UiExecutor extends Executor {

  /// The door of a running JavaFX toolkit.
  static UiExecutor platform() {
    return Platform::runLater;
  }

  /// Runs tasks at once on the caller's thread, for tests without a toolkit.
  static UiExecutor direct() {
    return Runnable::run;
  }
}
