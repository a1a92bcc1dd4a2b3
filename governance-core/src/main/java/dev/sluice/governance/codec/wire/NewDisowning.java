package dev.sluice.governance.codec.wire;

/// "This was not me."
///
/// @param comment what the person knows of it, at most 500 characters, may be empty
/// @param endSessions whether every session of theirs ends at once
public record NewDisowning(String comment, boolean endSessions) {}
