package dev.sluice.governance.codec.wire;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

  /// Who did it, for what, and who let them. The statement itself is not here: it stands in the log
  /// under the request, where reading it is somebody's right and erasing it is possible.
  ///
  /// @param actor display name
  /// @param actorKind `person`, `agent` or `pipeline`
  /// @param onBehalfOf display name of an agent's owner, empty for nobody
  /// @param labels workflow, commit and the like
  /// @param requestId the approval it ran under, empty when the policy allows it without one
  /// @param approvedBy display names
  public record Cause(
      String actor,
      String actorKind,
      String onBehalfOf,
      Map<String, String> labels,
      String requestId,
      List<String> approvedBy) {
    public Cause {
      labels = Collections.unmodifiableMap(new TreeMap<>(labels));
      approvedBy = List.copyOf(approvedBy);
    }
  }
}
