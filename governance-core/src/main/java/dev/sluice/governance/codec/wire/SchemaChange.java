package dev.sluice.governance.codec.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One step of a connection's schema.
///
/// @param number counts the steps of the connection from 1, which is what was found first
/// @param fingerprint of the catalog after it
/// @param changes a line each: `+ table public.orders`; empty for the first step
/// @param cause empty when nobody at Sluice did it
public record SchemaChange(
    long number, Instant at, String fingerprint, List<String> changes, Optional<Cause> cause) {
  public SchemaChange {
    changes = List.copyOf(changes);
  }

  /// Who did it, for what, and who let them.
  ///
  /// @param actor display name
  /// @param actorKind `person`, `agent` or `pipeline`
  /// @param onBehalfOf display name of an agent's owner, empty for nobody
  /// @param labels workflow, commit and the like
  /// @param requestId the approval it ran under
  /// @param approvedBy display names
  /// @param statement as it was approved
  public record Cause(
      String actor,
      String actorKind,
      String onBehalfOf,
      Map<String, String> labels,
      String requestId,
      List<String> approvedBy,
      String statement) {
    public Cause {
      labels = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(labels));
      approvedBy = List.copyOf(approvedBy);
    }
  }
}
