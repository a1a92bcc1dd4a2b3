package dev.sluice.governance.codec.wire;

/// Asks for the same as an earlier request of one's own.
///
/// @param reason the requester's words this time; empty for those of last time
public record Repetition(String reason) {}
