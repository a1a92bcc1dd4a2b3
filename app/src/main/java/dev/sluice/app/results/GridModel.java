package dev.sluice.app.results;

import dev.sluice.gateway.workspace.RunEvent.ResultColumn;
import java.util.List;
import java.util.Set;

/// What a grid draws: columns and, so far, rows, both in the order they are shown. Columns are
/// numbered as shown, except where an ordinal is spoken of.
///
/// @param all columns by ordinal
/// @param store their values
/// @param order which rows, in which order
/// @param wish the order as the person asked for it
/// @param layout which columns, in which order
/// @param maskedRows rows of the store in which every cell but the first is masked: a result laid
///     on its side
record GridModel(
    List<ResultColumn> all,
    ColumnStore store,
    RowOrder order,
    RowOrder.Wish wish,
    ColumnLayout layout,
    Set<Integer> maskedRows) {

  GridModel {
    all = List.copyOf(all);
    maskedRows = Set.copyOf(maskedRows);
  }

  GridModel(List<ResultColumn> columns, ColumnStore store) {
    this(
        columns,
        store,
        new RowOrder.Natural(store),
        RowOrder.Wish.NONE,
        ColumnLayout.all(columns.size()),
        Set.of());
  }

  static GridModel empty() {
    return new GridModel(List.of(), new ColumnStore(0));
  }

  GridModel arranged(RowOrder rows, RowOrder.Wish as) {
    return new GridModel(all, store, rows, as, layout, maskedRows);
  }

  GridModel laidOut(ColumnLayout columns) {
    return new GridModel(all, store, order, wish, columns, maskedRows);
  }

  /// Shown columns.
  int width() {
    return layout.shown().size();
  }

  int ordinal(int column) {
    return layout.shown().get(column);
  }

  ResultColumn column(int column) {
    return all.get(ordinal(column));
  }

  boolean masked(int column) {
    return column(column).mask().isPresent();
  }

  boolean masked(int index, int column) {
    return masked(column)
        || (!maskedRows.isEmpty() && ordinal(column) > 0 && maskedRows.contains(order.row(index)));
  }

  boolean isNumeric(int column) {
    return store.isNumeric(ordinal(column));
  }

  /// Rows that are shown.
  int rows() {
    return order.size();
  }

  boolean isNull(int index, int column) {
    return store.isNull(order.row(index), ordinal(column));
  }

  String text(int index, int column) {
    return store.text(order.row(index), ordinal(column));
  }

  String preview(int index, int column, int bytes) {
    return store.preview(order.row(index), ordinal(column), bytes);
  }

  /// Length of a value before it was capped; the length of what is kept when it was not.
  long fullLength(int index, int column) {
    return store.fullLength(order.row(index), ordinal(column));
  }
}
