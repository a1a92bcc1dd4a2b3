package dev.sluice.cli.pipeline;

import java.time.Duration;

/// What became of one statement of a pipeline.
///
/// @param file where it stands
/// @param line of its first character, from 1
/// @param sql its text
/// @param state how it ended
/// @param rule the rule that decided it, empty when none
/// @param message one sentence or two: why, and what to do next
/// @param requestId the approval request, empty when none was needed
/// @param rows affected or read, -1 when none
/// @param time it took, waiting included
public record StepResult(
    String file,
    int line,
    String sql,
    State state,
    String rule,
    String message,
    String requestId,
    long rows,
    Duration time) {

  /// Each with the exit code that a run with it has.
  public enum State {
    RAN(0),
    /// It ran in an earlier attempt of this workflow, so it was not run again.
    RAN_BEFORE(0),
    FAILED(1),
    WAITS(3),
    DENIED(4),
    /// Nobody knows whether an earlier attempt was carried out: a person has to look.
    UNKNOWN(5),
    /// Something before it did not run.
    SKIPPED(0);

    private final int exitCode;

    State(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }

    boolean isGood() {
      return this == RAN || this == RAN_BEFORE;
    }
  }
}
