package dev.sluice.app.results;

import java.util.Arrays;

/// Widths of columns and where they begin. With thousands of columns, finding the first visible one
/// is a binary search.
final class GridColumns {

  static final double NARROWEST = 36;
  static final double WIDEST_AT_FIRST = 340;

  private double[] ends = {};

  /// Sets all widths anew.
  void widths(double[] widths) {
    ends = new double[widths.length];
    double sum = 0;
    for (int i = 0; i < widths.length; i++) {
      sum += widths[i];
      ends[i] = sum;
    }
  }

  int count() {
    return ends.length;
  }

  double total() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  double start(int column) {
    return column == 0 ? 0 : ends[column - 1];
  }

  double end(int column) {
    return ends[column];
  }

  double width(int column) {
    return end(column) - start(column);
  }

  void resize(int column, double width) {
    double by = Math.max(NARROWEST, width) - width(column);
    for (int i = column; i < ends.length; i++) {
      ends[i] += by;
    }
  }

  /// The column at `x`, or -1 outside.
  int at(double x) {
    if (x < 0 || x >= total()) {
      return -1;
    }
    int found = Arrays.binarySearch(ends, x);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
