package dev.sluice.governance.codec.wire;

import java.util.List;

/// All governed databases, in the order of their names.
public record ManagedConnectionList(List<ManagedConnection> connections) {
  public ManagedConnectionList {
    connections = List.copyOf(connections);
  }
}
