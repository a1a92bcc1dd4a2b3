package dev.sluice.governance.codec.wire;

/// Puts a draft in force.
///
/// @param revision the one that was looked at; another one is not published
/// @param comment why, for the log
public record PolicyPublication(long revision, String comment) {}
