package dev.sluice.governance.codec.wire;

/// What the server found when it read its whole log again.
///
/// @param intact every entry is there and unchanged
/// @param upTo last entry that holds
/// @param firstBroken the first that does not, 0 when all do
/// @param message one sentence
public record LogVerification(boolean intact, long upTo, long firstBroken, String message) {}
