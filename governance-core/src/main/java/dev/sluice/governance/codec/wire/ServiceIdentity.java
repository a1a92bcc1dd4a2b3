package dev.sluice.governance.codec.wire;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An agent or a pipeline that the server vouches for itself. Carries no secret.
///
/// @param id its `client_id` at the token endpoint
/// @param kind `agent` or `pipeline`
/// @param owner key of the person an agent acts for, empty for a pipeline
/// @param proves `secret` or `key`: how it shows who it is
/// @param createdBy key of the administrator
public record ServiceIdentity(
    String id,
    String kind,
    String name,
    String owner,
    Set<String> groups,
    Map<String, String> labels,
    String proves,
    String createdBy,
    Instant createdAt,
    Optional<Instant> lastUsedAt,
    Optional<Instant> revokedAt) {
  public ServiceIdentity {
    groups = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(groups));
    labels = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(labels));
  }
}
