package dev.sluice.app.results;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Which rows of a result are shown and in which order. The result itself stays as it came.
sealed interface RowOrder {

  int size();

  /// The row of the result that is shown at `index`.
  int row(int index);

  /// All rows as they came, also those that are still to come.
  record Natural(ColumnStore store) implements RowOrder {
    @Override
    public int size() {
      return store.rows();
    }

    @Override
    public int row(int index) {
      return index;
    }
  }

  /// Some rows in some order.
  final class Chosen implements RowOrder {
    private final int[] rows;

    private Chosen(int[] rows) {
      this.rows = rows;
    }

    @Override
    public int size() {
      return rows.length;
    }

    @Override
    public int row(int index) {
      return rows[index];
    }
  }

  /// How a person wants to see the rows.
  ///
  /// @param filter only rows with a cell that contains it, any case; empty for all
  /// @param column ordinal to sort by, -1 for none
  /// @param descending largest first; NULL is last either way
  /// @param byColumn conditions on single columns, by ordinal
  record Wish(String filter, int column, boolean descending, Map<Integer, CellFilter> byColumn) {
    static final Wish NONE = new Wish("", -1, false);

    public Wish {
      byColumn = Map.copyOf(byColumn);
    }

    Wish(String filter, int column, boolean descending) {
      this(filter, column, descending, Map.of());
    }

    boolean isNone() {
      return filter.isBlank() && column < 0 && byColumn.isEmpty();
    }

    boolean filters() {
      return !filter.isBlank() || !byColumn.isEmpty();
    }

    Wish sortedBy(int ordinal, boolean down) {
      return new Wish(filter, ordinal, down, byColumn);
    }

    Wish filteredBy(String text) {
      return new Wish(text, column, descending, byColumn);
    }

    /// With another condition on a column; an empty one takes it away.
    Wish where(int ordinal, String condition) {
      Map<Integer, CellFilter> next = new HashMap<>(byColumn);
      if (condition.isBlank()) {
        next.remove(ordinal);
      } else {
        next.put(ordinal, CellFilter.of(condition));
      }
      return new Wish(filter, column, descending, next);
    }
  }

  /// Takes as long as the result is large: call it off the FX thread. Compares what is shown, so a
  /// masked column tells nothing that its cells do not.
  static RowOrder of(ColumnStore store, Wish wish) {
    if (wish.isNone()) {
      return new Natural(store);
    }
    int[] rows = filtered(store, wish);
    return new Chosen(wish.column() < 0 ? rows : sorted(store, rows, wish));
  }

  private static int[] filtered(ColumnStore store, Wish wish) {
    String wanted = wish.filter().strip().toLowerCase(Locale.ROOT);
    int count = store.rows();
    int[] found = new int[count];
    int size = 0;
    for (int row = 0; row < count; row++) {
      if (passes(store, row, wish.byColumn()) && (wanted.isEmpty() || holds(store, row, wanted))) {
        found[size++] = row;
      }
    }
    return Arrays.copyOf(found, size);
  }

  private static boolean passes(ColumnStore store, int row, Map<Integer, CellFilter> byColumn) {
    for (Map.Entry<Integer, CellFilter> condition : byColumn.entrySet()) {
      int column = condition.getKey();
      boolean missing = store.isNull(row, column);
      if (!condition.getValue().accepts(missing, missing ? "" : store.text(row, column))) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(ColumnStore store, int row, String wanted) {
    for (int column = 0; column < store.width(); column++) {
      if (store.text(row, column).toLowerCase(Locale.ROOT).contains(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static int[] sorted(ColumnStore store, int[] rows, Wish wish) {
    int column = wish.column();
    boolean numeric = store.isNumeric(column);
    record Keyed(int row, boolean missing, double number, String text) {}
    Keyed[] keyed = new Keyed[rows.length];
    for (int i = 0; i < rows.length; i++) {
      boolean missing = store.isNull(rows[i], column);
      String text = store.text(rows[i], column);
      keyed[i] = new Keyed(rows[i], missing, numeric && !missing ? number(text) : 0, text);
    }
    Comparator<Keyed> byValue =
        numeric
            ? Comparator.comparingDouble(Keyed::number)
            : Comparator.comparing(Keyed::text, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(Keyed::text);
    Comparator<Keyed> wanted = wish.descending() ? byValue.reversed() : byValue;
    Arrays.sort(keyed, Comparator.comparing(Keyed::missing).thenComparing(wanted));
    return Arrays.stream(keyed).mapToInt(Keyed::row).toArray();
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
