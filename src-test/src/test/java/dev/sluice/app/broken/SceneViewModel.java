package dev.sluice.app.broken;

import javafx.scene.Node;

/// Broken on purpose: a view model knows no scene.
final class SceneViewModel {
  Node node(Node value) {
    return value;
  }
}
