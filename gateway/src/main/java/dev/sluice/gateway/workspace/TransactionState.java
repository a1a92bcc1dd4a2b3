package dev.sluice.gateway.workspace;

import java.time.Instant;

/// Where a tab's session stands between two statements.
///
/// @param kind whether a transaction is open
/// @param since when it was opened, or lost; the epoch when there is none
/// @param statements how many ran in it so far
public record TransactionState(Kind kind, Instant since, int statements) {

  public static final TransactionState NONE = new TransactionState(Kind.NONE, Instant.EPOCH, 0);

  public enum Kind {
    /// Each statement stands for itself.
    NONE,
    /// Opened by a statement, and not ended yet.
    OPEN,
    /// The database takes nothing but a rollback any more.
    FAILED,
    /// The session broke while it was open; the database has rolled it back.
    LOST
  }

  /// Whether a session is held for it.
  public boolean isHeld() {
    return kind == Kind.OPEN || kind == Kind.FAILED;
  }
}
