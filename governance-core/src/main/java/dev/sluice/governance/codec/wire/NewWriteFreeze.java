package dev.sluice.governance.codec.wire;

/// Asks that nothing be changed for a while.
///
/// @param connection where; empty for every connection of the server
/// @param minutes 1 to 1440
/// @param reason shown to everybody whose write is refused, not blank
public record NewWriteFreeze(String connection, long minutes, String reason) {}
