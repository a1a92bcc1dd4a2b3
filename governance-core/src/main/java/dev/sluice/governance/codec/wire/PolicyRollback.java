package dev.sluice.governance.codec.wire;

/// Proposes to go back to what an earlier version said, as a new version.
///
/// @param version to go back to
/// @param comment why
public record PolicyRollback(long version, String comment) {}
