package dev.sluice.gateway.broken;

import dev.sluice.server.broken.NamedByServer;

/// Broken on purpose: the gateway stands before the server.
final class UsesTheServer {
  NamedByServer server(NamedByServer value) {
    return value;
  }
}
