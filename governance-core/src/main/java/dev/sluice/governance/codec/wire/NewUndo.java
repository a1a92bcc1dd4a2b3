package dev.sluice.governance.codec.wire;

/// Asks for what one use of an approval did to be taken back. It opens a request like any other.
///
/// @param executionId the use
/// @param reason the requester's words, not blank
public record NewUndo(String executionId, String reason) {}
