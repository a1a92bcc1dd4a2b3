package dev.sluice.gateway.jdbc;

import dev.sluice.gateway.workspace.RunEvent;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows for one reader.
interface RowSource {

  List<RunEvent.ResultColumn> columns();

  /// The next row; null after the last one.
  @Nullable Object @Nullable [] next() throws SQLException;

  void close();

  /// Rows that are there already.
  static RowSource of(List<RunEvent.ResultColumn> columns, Iterator<@Nullable Object[]> rows) {
    return new RowSource() {
      @Override
      public List<RunEvent.ResultColumn> columns() {
        return columns;
      }

      @Override
      public @Nullable Object @Nullable [] next() {
        return rows.hasNext() ? rows.next() : null;
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }
}
