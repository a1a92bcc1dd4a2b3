package dev.sluice.app.results;

import dev.sluice.gateway.workspace.RunEvent.ResultColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A result laid on its side: one row for each column, one column for each of a few rows.
final class Transposed {

  /// More rows than this side by side cannot be read.
  static final int MOST_ROWS = 100;

  private Transposed() {}

  /// @param first the first row taken
  /// @param count how many, cut to [#MOST_ROWS]
  static GridModel of(GridModel model, int first, int count, String columnWord, String rowWord) {
    int taken = Math.clamp(count, 0, Math.min(MOST_ROWS, Math.max(0, model.rows() - first)));
    List<ResultColumn> columns = new ArrayList<>();
    columns.add(new ResultColumn(columnWord, "", Optional.empty()));
    for (int row = 0; row < taken; row++) {
      columns.add(new ResultColumn(rowWord + " " + (first + row + 1), "", Optional.empty()));
    }
    ColumnStore store = new ColumnStore(taken + 1);
    Set<Integer> masked = new HashSet<>();
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int column = 0; column < model.width(); column++) {
      @Nullable Object[] side = new Object[taken + 1];
      side[0] = model.column(column).label();
      for (int row = 0; row < taken; row++) {
        side[row + 1] = model.isNull(first + row, column) ? null : model.text(first + row, column);
      }
      rows.add(side);
      if (model.masked(column)) {
        masked.add(column);
      }
    }
    store.append(rows);
    return new GridModel(
        columns,
        store,
        new RowOrder.Natural(store),
        RowOrder.Wish.NONE,
        new ColumnLayout(ColumnLayout.all(columns.size()).shown(), 1),
        masked);
  }
}
