package dev.sluice.gateway.execution;

import java.time.Duration;
import java.util.Optional;

/// What to send and how.
///
/// @param text exactly what is sent
/// @param readOnly run it in a read-only transaction that is rolled back afterwards
/// @param timeLimit the database is asked to stop after this long
/// @param fetchRows rows fetched at a time
/// @param maxAffected more affected rows than this are rolled back; -1 when unlimited
public record BackendRequest(
    String text, boolean readOnly, Optional<Duration> timeLimit, int fetchRows, long maxAffected) {}
