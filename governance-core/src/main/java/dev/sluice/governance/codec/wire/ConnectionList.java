package dev.sluice.governance.codec.wire;

import java.util.List;

/// Connections, by name.
public record ConnectionList(List<ConnectionInfo> connections) {
  public ConnectionList {
    connections = List.copyOf(connections);
  }
}
