package dev.sluice.gateway.workspace;

/// @param verified nothing is missing or changed
/// @param upTo last sequence covered
/// @param message one sentence: "Verified to #81,204" or what is broken and where
public record Integrity(boolean verified, long upTo, String message) {}
