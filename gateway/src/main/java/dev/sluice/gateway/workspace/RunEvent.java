package dev.sluice.gateway.workspace;

import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.StatementAnalysis;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What happens while a statement runs, in order. Exactly one of [Completed], [Refused], [Failed],
/// [Cancelled] comes last. Delivered on a background thread, one at a time.
public sealed interface RunEvent {

  /// @param state word for the status line
  record StateChanged(State state) implements RunEvent {}

  enum State {
    DECIDING,
    QUEUED,
    RUNNING,
    STREAMING
  }

  /// The result's shape, before its first row.
  ///
  /// @param exportRows the policy lets at most so many of its rows leave the window; empty when it
  ///     does not say
  record ColumnsKnown(List<ResultColumn> columns, OptionalLong exportRows) implements RunEvent {
    public ColumnsKnown(List<ResultColumn> columns) {
      this(columns, OptionalLong.empty());
    }
  }

  /// @param label server label
  /// @param typeName engine type
  /// @param mask set when the column is masked
  record ResultColumn(String label, String typeName, Optional<ColumnMask> mask) {}

  /// Masked rows; values are ready to show. The arrays are the receiver's.
  record Rows(List<@Nullable Object[]> rows) implements RunEvent {}

  /// @param updateCount affected rows, -1 when the statement gives rows
  /// @param rows rows delivered
  /// @param truncated the row limit cut the result
  /// @param eventId the audit event
  record Completed(
      long updateCount,
      long rows,
      boolean truncated,
      Duration firstRow,
      Duration total,
      List<String> warnings,
      String eventId)
      implements RunEvent {}

  /// Deny or needs-approval.
  record Refused(StatementAnalysis analysis, Decision decision) implements RunEvent {}

  record Failed(WorkspaceProblem problem) implements RunEvent {}

  record Cancelled() implements RunEvent {}
}
