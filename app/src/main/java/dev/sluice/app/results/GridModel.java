package dev.sluice.app.results;

import dev.sluice.gateway.workspace.RunEvent.ResultColumn;
import java.util.List;
import java.util.Optional;
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
/// @param marks what a comparison says of them
/// @param edits what is staged and shown in place of what the database has; added rows come last
record GridModel(
    List<ResultColumn> all,
    ColumnStore store,
    RowOrder order,
    RowOrder.Wish wish,
    ColumnLayout layout,
    Set<Integer> maskedRows,
    Optional<RowEdits> edits,
    Optional<Marks> marks) {

  /// What a comparison says of rows and cells of the store.
  interface Marks {
    RowEdits.State state(int row);

    boolean isMarked(int row, int ordinal);
  }

  GridModel {
    all = List.copyOf(all);
    maskedRows = Set.copyOf(maskedRows);
  }

  GridModel(
      List<ResultColumn> all,
      ColumnStore store,
      RowOrder order,
      RowOrder.Wish wish,
      ColumnLayout layout,
      Set<Integer> maskedRows) {
    this(all, store, order, wish, layout, maskedRows, Optional.empty(), Optional.empty());
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
    return new GridModel(all, store, rows, as, layout, maskedRows, edits, marks);
  }

  /// The same rows as they would be with these changes.
  GridModel staged(RowEdits changes) {
    return new GridModel(
        all, store, order, wish, layout, maskedRows, Optional.of(changes), Optional.empty());
  }

  GridModel laidOut(ColumnLayout columns) {
    return new GridModel(all, store, order, wish, columns, maskedRows, edits, marks);
  }

  /// The same rows with what became of them.
  GridModel marked(Marks found) {
    return new GridModel(
        all, store, order, wish, layout, maskedRows, Optional.empty(), Optional.of(found));
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
    if (isAdded(index) || isStaged(index, column)) {
      return false;
    }
    return masked(column)
        || (!maskedRows.isEmpty() && ordinal(column) > 0 && maskedRows.contains(order.row(index)));
  }

  private boolean isAdded(int index) {
    return index >= order.size();
  }

  /// The place of a shown row for [RowEdits].
  int place(int index) {
    return isAdded(index) ? order.size() - index - 1 : order.row(index);
  }

  /// What is to happen to a row.
  RowEdits.State state(int index) {
    return edits
        .map(changes -> changes.state(place(index)))
        .or(() -> marks.map(found -> found.state(order.row(index))))
        .orElse(RowEdits.State.KEPT);
  }

  /// Whether a cell is to be seen as changed: staged, or another than in the result that it is
  /// compared with.
  boolean isMarked(int index, int column) {
    return isStaged(index, column)
        || marks.map(found -> found.isMarked(order.row(index), ordinal(column))).orElse(false);
  }

  boolean isStaged(int index, int column) {
    return edits.map(changes -> changes.isStaged(place(index), ordinal(column))).orElse(false);
  }

  private Optional<String> stagedValue(int index, int column) {
    return edits.flatMap(changes -> changes.staged(place(index), ordinal(column)));
  }

  boolean isNumeric(int column) {
    return store.isNumeric(ordinal(column));
  }

  /// Rows that are shown.
  int rows() {
    return order.size() + edits.map(RowEdits::addedRows).orElse(0);
  }

  boolean isNull(int index, int column) {
    return isStaged(index, column) || isAdded(index)
        ? stagedValue(index, column).isEmpty()
        : store.isNull(order.row(index), ordinal(column));
  }

  String text(int index, int column) {
    return isStaged(index, column) || isAdded(index)
        ? stagedValue(index, column).orElse("")
        : store.text(order.row(index), ordinal(column));
  }

  String preview(int index, int column, int bytes) {
    return isStaged(index, column) || isAdded(index)
        ? text(index, column)
        : store.preview(order.row(index), ordinal(column), bytes);
  }

  /// Whether only the beginning of a value is kept.
  boolean isCapped(int index, int column) {
    return !isStaged(index, column)
        && !isAdded(index)
        && store.isCapped(order.row(index), ordinal(column));
  }

  /// Length of a value before it was capped; the length of what is kept when it was not.
  long fullLength(int index, int column) {
    return isStaged(index, column) || isAdded(index)
        ? text(index, column).length()
        : store.fullLength(order.row(index), ordinal(column));
  }
}
