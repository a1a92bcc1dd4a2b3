package dev.sluice.app.results;

import java.util.Locale;
import java.util.Optional;

/// Finds text among shown cells, row by row, from a place onwards and around.
final class GridSearch {

  private static final int LOOKED_AT = 10_000;

  record Hit(int row, int column) {}

  private GridSearch() {}

  /// Takes as long as the result is large: call it off the FX thread.
  ///
  /// @param forward otherwise backwards
  static Optional<Hit> find(
      GridModel model, String wanted, int fromRow, int fromColumn, boolean forward) {
    String text = wanted.toLowerCase(Locale.ROOT);
    long width = model.width();
    long cells = width * model.rows();
    if (text.isEmpty() || cells == 0) {
      return Optional.empty();
    }
    long start = Math.max(0, fromRow) * width + Math.max(0, fromColumn);
    for (long step = 1; step <= cells; step++) {
      long at = Math.floorMod(forward ? start + step : start - step, cells);
      int row = (int) (at / width);
      int column = (int) (at % width);
      if (model.preview(row, column, LOOKED_AT).toLowerCase(Locale.ROOT).contains(text)) {
        return Optional.of(new Hit(row, column));
      }
    }
    return Optional.empty();
  }
}
