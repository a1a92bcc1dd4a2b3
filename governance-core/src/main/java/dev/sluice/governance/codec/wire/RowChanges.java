package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an approved statement did to the rows of a table, or in a dry run would do, as one person
/// may see it: masked columns are masked for them, and where they may not see rows at all there are
/// none.
///
/// @param requestId whose statement it is
/// @param executionId the use of the approval; empty for a dry run
/// @param dryRun it was rolled back
/// @param rows rows affected, -1 when the database did not say
/// @param rowCeiling more than this would have been rolled back; -1 when unlimited
/// @param table whose rows these are, dotted; empty when it is not one table
/// @param key names of the columns of its primary key, in key order
/// @param columns of the table, in its order
/// @param changes rows before and after; empty when `withheld` says why
/// @param truncated there were more rows than are kept
/// @param withheld why no rows are shown, for people; empty when they are
/// @param sideEffects what happens besides, and what a rollback does not take back; for people
/// @param undo the statement that takes it back, or why there is none
/// @param milliseconds how long the statement took; -1 when not known
public record RowChanges(
    String requestId,
    String executionId,
    boolean dryRun,
    long rows,
    long rowCeiling,
    String table,
    List<String> key,
    List<ApprovedRun.Column> columns,
    @Sensitive List<Row> changes,
    boolean truncated,
    String withheld,
    List<String> sideEffects,
    Undo undo,
    long milliseconds) {
  public RowChanges {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
    changes = List.copyOf(changes);
    sideEffects = List.copyOf(sideEffects);
  }

  @Override
  public String toString() {
    return Redaction.describe(this);
  }

  /// What became of a row.
  public enum Kind {
    INSERTED,
    UPDATED,
    DELETED
  }

  /// One row. Values are the database's text of them, or null.
  ///
  /// @param before by ordinal of `columns`; empty for a row that was inserted
  /// @param after by ordinal; empty for a row that was deleted
  /// @param changed ordinals whose shown values differ, and every masked column that the statement
  ///     writes, whether its value differs or not
  public record Row(
      Kind kind,
      @Sensitive List<@Nullable String> before,
      @Sensitive List<@Nullable String> after,
      List<Integer> changed) {
    public Row {
      before = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(before));
      after = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(after));
      changed = List.copyOf(changed);
    }

    @Override
    public String toString() {
      return Redaction.describe(this);
    }
  }

  /// How to take it back. An offered statement holds no value of a classified column, touches only
  /// rows that are still as the change left them, and runs only as a request of its own.
  ///
  /// @param statement empty when none is offered
  /// @param refusal why none is offered, for people; empty when one is
  public record Undo(@Sensitive String statement, String refusal) {
    public boolean offered() {
      return !statement.isEmpty();
    }

    @Override
    public String toString() {
      return Redaction.describe(this);
    }
  }
}
