package dev.sluice.server.broken;

import dev.sluice.app.broken.NamedByApp;

/// Broken on purpose: the server knows no window.
final class UsesTheApp {
  NamedByApp app(NamedByApp value) {
    return value;
  }
}
