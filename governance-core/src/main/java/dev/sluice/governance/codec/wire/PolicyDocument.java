package dev.sluice.governance.codec.wire;

/// A bundle to publish.
///
/// @param yaml the whole document, exactly as it is to be signed
/// @param comment why, for the log
public record PolicyDocument(String yaml, String comment) {}
