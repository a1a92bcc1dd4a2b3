package dev.sluice.governance.codec.wire;

import java.util.Map;
import java.util.Set;

/// Asks for an agent or a pipeline that the server vouches for itself.
///
/// @param kind `agent` or `pipeline`
/// @param name for the eye
/// @param owner of an agent: a local account, or `ISSUER|SUBJECT` of somebody who has signed in
///     lately; empty for a pipeline
/// @param groups as policies write them
/// @param labels as policies read them, such as `workflow`
/// @param publicKey a public JWK to prove itself with (private_key_jwt); empty for a secret
public record NewServiceIdentity(
    String kind,
    String name,
    String owner,
    Set<String> groups,
    Map<String, String> labels,
    String publicKey) {
  public NewServiceIdentity {
    groups = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(groups));
    labels = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(labels));
  }
}
