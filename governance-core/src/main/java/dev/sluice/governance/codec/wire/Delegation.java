package dev.sluice.governance.codec.wire;

import java.time.Instant;

/// Who fills my seat while I am away.
///
/// @param delegate a local account's name, or a principal key; empty for nobody
/// @param from first instant
/// @param until last instant
public record Delegation(String delegate, Instant from, Instant until) {}
