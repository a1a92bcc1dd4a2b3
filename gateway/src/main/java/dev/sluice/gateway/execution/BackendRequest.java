package dev.sluice.gateway.execution;

import java.time.Duration;
import java.util.Optional;

/// What to send and how.
///
/// @param text exactly what is sent
/// @param mode what it is allowed to leave behind
/// @param timeLimit the database is asked to stop after this long
/// @param fetchRows rows fetched at a time
/// @param maxAffected more affected rows than this are rolled back; -1 when unlimited
public record BackendRequest(
    String text, Mode mode, Optional<Duration> timeLimit, int fetchRows, long maxAffected) {

  /// What a statement may leave behind.
  public enum Mode {
    /// Nothing: a read-only transaction that is rolled back.
    READ,
    /// A change, once it is committed.
    WRITE,
    /// Opens or ends a transaction of the person's own.
    TRANSACTION
  }
}
