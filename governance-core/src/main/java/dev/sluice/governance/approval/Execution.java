package dev.sluice.governance.approval;

import java.time.Instant;
import java.util.Optional;

/// One use of a grant. A crash leaves UNKNOWN_OUTCOME, never a silent retry.
public record Execution(
    String id,
    String requestId,
    State state,
    Instant startedAt,
    Optional<Instant> endedAt,
    long rows,
    String message) {
  public enum State {
    EXECUTING,
    EXECUTED,
    FAILED,
    UNKNOWN_OUTCOME
  }
}
