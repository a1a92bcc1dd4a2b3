package dev.sluice.app.results;

import dev.sluice.gateway.workspace.RunEvent.ResultColumn;
import java.util.List;

/// What a grid draws: columns and, so far, rows.
///
/// @param columns by ordinal
/// @param store their values
record GridModel(List<ResultColumn> columns, ColumnStore store) {

  GridModel {
    columns = List.copyOf(columns);
  }

  static GridModel empty() {
    return new GridModel(List.of(), new ColumnStore(0));
  }

  boolean masked(int column) {
    return columns.get(column).mask().isPresent();
  }
}
