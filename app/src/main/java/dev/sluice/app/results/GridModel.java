package dev.sluice.app.results;

import dev.sluice.gateway.workspace.RunEvent.ResultColumn;
import java.util.List;

/// What a grid draws: columns and, so far, rows in the order they are shown.
///
/// @param columns by ordinal
/// @param store their values
/// @param order which rows, in which order
/// @param wish the order as the person asked for it
record GridModel(
    List<ResultColumn> columns, ColumnStore store, RowOrder order, RowOrder.Wish wish) {

  GridModel {
    columns = List.copyOf(columns);
  }

  GridModel(List<ResultColumn> columns, ColumnStore store) {
    this(columns, store, new RowOrder.Natural(store), RowOrder.Wish.NONE);
  }

  static GridModel empty() {
    return new GridModel(List.of(), new ColumnStore(0));
  }

  boolean masked(int column) {
    return columns.get(column).mask().isPresent();
  }

  /// Rows that are shown.
  int rows() {
    return order.size();
  }

  boolean isNull(int index, int column) {
    return store.isNull(order.row(index), column);
  }

  String text(int index, int column) {
    return store.text(order.row(index), column);
  }

  String preview(int index, int column, int bytes) {
    return store.preview(order.row(index), column, bytes);
  }
}
