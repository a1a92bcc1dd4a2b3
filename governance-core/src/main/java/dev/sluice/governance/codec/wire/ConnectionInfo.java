package dev.sluice.governance.codec.wire;

import java.util.Map;

/// A connection that the signed-in person may see.
///
/// @param engine dialect id, such as `postgresql`
/// @param ring `direct`, `brokered` or `enforced`
/// @param database what is behind it, for the eye: host and database, or a file name
/// @param owner who answers for it
/// @param whatCouldGoWrong one sentence about what the ring does not protect against
public record ConnectionInfo(
    String name,
    String environment,
    String engine,
    String ring,
    Map<String, String> labels,
    String database,
    String owner,
    String whatCouldGoWrong) {
  public ConnectionInfo {
    labels = Map.copyOf(labels);
  }
}
