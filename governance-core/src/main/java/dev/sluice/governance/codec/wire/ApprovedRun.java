package dev.sluice.governance.codec.wire;

import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Execution;
import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of running an approved request on the server.
///
/// @param request as it stands afterwards
/// @param execution the one use that this was
/// @param updateCount affected rows, -1 when the statement gives rows
/// @param columns of the result, empty when there is none
/// @param rows masked rows, by ordinal: text, numbers, booleans or null
/// @param truncated a row limit cut the result
/// @param milliseconds how long it took
/// @param warnings fit for people
/// @param eventId the audit event of the outcome
public record ApprovedRun(
    ApprovalRequest request,
    Execution execution,
    long updateCount,
    List<Column> columns,
    @Sensitive List<List<@Nullable Object>> rows,
    boolean truncated,
    long milliseconds,
    List<String> warnings,
    String eventId) {
  public ApprovedRun {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    warnings = List.copyOf(warnings);
  }

  @Override
  public String toString() {
    return Redaction.describe(this);
  }

  /// @param label server label
  /// @param typeName engine type
  /// @param algorithm the mask's, empty when the column is not masked
  public record Column(String label, String typeName, String algorithm) {}
}
