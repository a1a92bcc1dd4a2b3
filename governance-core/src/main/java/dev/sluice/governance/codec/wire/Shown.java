package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The beginning of a result exactly as a person saw it: masked values are the masked ones. Kept in
/// the log inside the entry that tells how the statement ended, under that entry's key.
///
/// @param rows at most [#MOST_ROWS], each with one text a column, null for NULL
public record Shown(List<Column> columns, @Sensitive List<List<@Nullable String>> rows) {

  public static final int MOST_ROWS = 20;
  public static final int MOST_COLUMNS = 40;

  /// Characters of one value; more are cut.
  public static final int LONGEST = 80;

  public Shown {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /// @param state `plain`, `masked`, or `left-out`: shown as it is although it is sensitive, and
  ///     therefore not kept
  public record Column(String label, String state) {}

  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
