package dev.sluice.governance.codec.wire;

import java.util.List;

/// What one agent did for the person who asks, newest first.
///
/// @param entries as in a timeline
/// @param rows of the newest results, as the agent got them, as far as this server still has them
public record AgentActivity(List<Timeline.Entry> entries, List<Rows> rows) {
  public AgentActivity {
    entries = List.copyOf(entries);
    rows = List.copyOf(rows);
  }

  /// The first rows of a result, masked as the agent saw them.
  ///
  /// @param correlation of the statement's entry
  /// @param columns names
  /// @param first at most twenty rows, values as words
  public record Rows(String correlation, List<String> columns, List<List<String>> first) {
    public Rows {
      columns = List.copyOf(columns);
      first = List.copyOf(first);
    }
  }
}
