package dev.sluice.governance.codec.wire;

import java.time.Instant;

/// A governed database as an administrator sees it: everything but its passwords.
///
/// @param source `server` when it can be changed here, `file` when it stands in the configuration
/// @param changedAt when it was added or its passwords were last changed
/// @param changedBy principal key
/// @param governed whether the policy in force names it; nothing runs on it before
public record ManagedConnection(
    ConnectionSpec connection,
    String source,
    Instant changedAt,
    String changedBy,
    boolean governed) {}
