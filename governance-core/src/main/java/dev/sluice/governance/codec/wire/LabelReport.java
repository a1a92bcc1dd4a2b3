package dev.sluice.governance.codec.wire;

import java.time.Instant;
import java.util.List;

/// What statements with a label did: which tables and sensitive columns they touched, which schemas
/// they changed.
///
/// @param label whose values are told apart, such as `workflow`
/// @param since the oldest entry of the log that was looked at
/// @param complete whether everything asked for was looked at
/// @param values most statements first; the empty one is of statements without the label
public record LabelReport(String label, Instant since, boolean complete, List<Value> values) {
  public LabelReport {
    values = List.copyOf(values);
  }

  /// One value of the label.
  ///
  /// @param actors who sent its statements, by name
  /// @param statements that were allowed
  /// @param refused that were not
  /// @param tables that its statements read or wrote, by name
  /// @param columns sensitive ones, by name
  /// @param schemas what it changed, oldest first
  public record Value(
      String value,
      List<String> actors,
      long statements,
      long refused,
      List<Touched> tables,
      List<Touched> columns,
      List<Changed> schemas) {
    public Value {
      actors = List.copyOf(actors);
      tables = List.copyOf(tables);
      columns = List.copyOf(columns);
      schemas = List.copyOf(schemas);
    }
  }

  /// A table or a column.
  ///
  /// @param statements that touched it
  /// @param masked of them, those that saw it masked; 0 for a table
  public record Touched(String connection, String name, long statements, long masked) {}

  /// A step of a schema.
  ///
  /// @param changes a line each
  /// @param request under which it was approved
  public record Changed(String connection, Instant at, List<String> changes, String request) {
    public Changed {
      changes = List.copyOf(changes);
    }
  }
}
