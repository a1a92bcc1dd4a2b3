package dev.sluice.app.editor.broken;

import dev.sluice.app.results.broken.NamedByResults;

/// Broken on purpose: features do not use each other.
final class UsesAnotherFeature {
  NamedByResults other(NamedByResults value) {
    return value;
  }
}
