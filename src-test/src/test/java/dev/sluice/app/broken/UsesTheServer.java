package dev.sluice.app.broken;

import dev.sluice.server.broken.NamedByServer;

/// Broken on purpose: the window meets the server only in the codec.
final class UsesTheServer {
  NamedByServer server(NamedByServer value) {
    return value;
  }
}
