package dev.sluice.governance.codec.wire;

import java.util.List;

/// The steps of a connection's schema, newest first.
public record SchemaLog(String connection, List<SchemaChange> changes) {
  public SchemaLog {
    changes = List.copyOf(changes);
  }
}
