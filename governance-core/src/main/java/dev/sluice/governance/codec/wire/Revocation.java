package dev.sluice.governance.codec.wire;

/// Takes an approval back.
///
/// @param reason not blank
public record Revocation(String reason) {}
