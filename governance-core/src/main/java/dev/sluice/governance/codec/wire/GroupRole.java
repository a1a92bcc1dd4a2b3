package dev.sluice.governance.codec.wire;

/// Whoever is in the group has the role, wherever the group comes from.
///
/// @param group as the identity provider or the local directory writes it
/// @param role `analyst`, `auditor`, `policy-admin`, `server-admin`
public record GroupRole(String group, String role) {}
