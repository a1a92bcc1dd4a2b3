package dev.sluice.governance.codec.wire;

import java.time.Instant;
import java.util.Optional;

/// How a statement that was announced by an intent ended.
///
/// @param id 128 random bits in hex, made by the client; sending it again is harmless
/// @param intentId the intent's id
/// @param state `completed`, `failed`, `cancelled`, `unknown`
/// @param rows affected or delivered, -1 when not applicable
/// @param milliseconds how long it took, -1 when unknown
/// @param errorCode SQLSTATE or our code, empty when none; never a message of the database
/// @param clientTime by the client's clock
/// @param shown the beginning of the result as it was shown, when it is to be kept
public record StatementOutcome(
    String id,
    String intentId,
    String state,
    long rows,
    long milliseconds,
    String errorCode,
    Instant clientTime,
    Optional<Shown> shown) {

  /// An end of which nothing shown is kept.
  public StatementOutcome(
      String id,
      String intentId,
      String state,
      long rows,
      long milliseconds,
      String errorCode,
      Instant clientTime) {
    this(id, intentId, state, rows, milliseconds, errorCode, clientTime, Optional.empty());
  }
}
