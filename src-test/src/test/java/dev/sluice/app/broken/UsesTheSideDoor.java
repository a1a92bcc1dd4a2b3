package dev.sluice.app.broken;

import javafx.application.Platform;

/// Broken on purpose: app.fx is the only door to the window's thread.
final class UsesTheSideDoor {
  void later() {
    Platform.runLater(() -> {});
  }
}
