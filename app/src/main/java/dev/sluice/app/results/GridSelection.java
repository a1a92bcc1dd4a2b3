package dev.sluice.app.results;

/// A rectangle of cells from where the selection began to where it is now; -1 when nothing is
/// selected.
record GridSelection(int anchorRow, int anchorColumn, int row, int column) {

  static final GridSelection NONE = new GridSelection(-1, -1, -1, -1);

  boolean isEmpty() {
    return row < 0 || column < 0;
  }

  int firstRow() {
    return Math.min(anchorRow, row);
  }

  int lastRow() {
    return Math.max(anchorRow, row);
  }

  int firstColumn() {
    return Math.min(anchorColumn, column);
  }

  int lastColumn() {
    return Math.max(anchorColumn, column);
  }

  boolean holds(int atRow, int atColumn) {
    return !isEmpty()
        && atRow >= firstRow()
        && atRow <= lastRow()
        && atColumn >= firstColumn()
        && atColumn <= lastColumn();
  }

  long cells() {
    return isEmpty() ? 0 : (long) (lastRow() - firstRow() + 1) * (lastColumn() - firstColumn() + 1);
  }
}
