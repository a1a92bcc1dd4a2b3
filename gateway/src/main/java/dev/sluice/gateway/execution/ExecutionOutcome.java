package dev.sluice.gateway.execution;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/// How a run ended. Nothing in it carries a masked value.
public sealed interface ExecutionOutcome {

  /// @param updateCount affected rows, -1 when the statement gave rows
  /// @param rows rows delivered
  /// @param truncated the row limit cut the result
  /// @param warnings what the database said, redacted
  /// @param incidents what the guards noticed
  record Completed(
      long updateCount,
      long rows,
      boolean truncated,
      Duration firstRow,
      Duration total,
      List<String> warnings,
      List<Incident> incidents)
      implements ExecutionOutcome {
    public Completed {
      warnings = List.copyOf(warnings);
      incidents = List.copyOf(incidents);
    }
  }

  /// @param code such as `database-error`, `result-not-as-planned`, `timed-out`
  /// @param sqlState five characters, or empty
  /// @param message what a person may read
  /// @param position UTF-16 offset in the text as written, when known
  /// @param wayOut what to do next
  /// @param rowsDelivered rows that were handed over before it failed
  record Failed(
      String code,
      String sqlState,
      String message,
      OptionalInt position,
      String wayOut,
      long rowsDelivered,
      List<Incident> incidents)
      implements ExecutionOutcome {
    public Failed {
      incidents = List.copyOf(incidents);
    }
  }

  /// @param rowsDelivered rows that were handed over before
  record Cancelled(long rowsDelivered) implements ExecutionOutcome {}
}
