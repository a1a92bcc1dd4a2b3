package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of a [ChangeSet]. Nothing of it stays unless the state is `completed`; of `unknown`
/// nobody knows.
///
/// @param state `completed`, `failed`, `unknown`, or `not-as-expected` when a change affected
///     another number of rows than it had to
/// @param at ordinal of the change that decided it, -1 when none did
/// @param updateCounts affected rows of each change that was made, in order; -1 for one that gives
///     rows
/// @param columns of the last change's result, empty when it gives no rows
/// @param rows masked rows of the last change, by ordinal: text, numbers, booleans or null
/// @param truncated a row limit cut the result
/// @param milliseconds how long it took
/// @param warnings fit for people
/// @param code `database-error` and the like, empty when it went well
/// @param sqlState five characters, or empty
/// @param message what a person may read, empty when it went well
/// @param wayOut what to do next, empty when it went well
public record ChangeSetRun(
    String state,
    int at,
    List<Long> updateCounts,
    List<ApprovedRun.Column> columns,
    @Sensitive List<List<@Nullable Object>> rows,
    boolean truncated,
    long milliseconds,
    List<String> warnings,
    String code,
    String sqlState,
    String message,
    String wayOut) {

  public static final String COMPLETED = "completed";
  public static final String FAILED = "failed";
  public static final String UNKNOWN = "unknown";
  public static final String NOT_AS_EXPECTED = "not-as-expected";

  public ChangeSetRun {
    updateCounts = List.copyOf(updateCounts);
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    warnings = List.copyOf(warnings);
  }

  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
