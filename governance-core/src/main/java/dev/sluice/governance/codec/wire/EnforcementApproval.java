package dev.sluice.governance.codec.wire;

/// That a plan was reviewed and is to be applied.
///
/// @param plan the hash that was reviewed
public record EnforcementApproval(String plan) {}
