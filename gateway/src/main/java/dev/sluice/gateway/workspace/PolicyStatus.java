package dev.sluice.gateway.workspace;

import java.time.Instant;

/// @param version of the bundle in force
/// @param expires after this instant nothing runs on production
/// @param online whether the server is reachable now
public record PolicyStatus(long version, Instant expires, boolean online) {}
