package dev.sluice.app.results;

import dev.sluice.gateway.workspace.RunEvent.ResultColumn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Two results of the same shape beside each other: which rows are only in one, and which cells
/// differ. Rows belong together when their key is the same; rows with one key more than once belong
/// together in their order. What is masked on either side is not compared: equal masks do not mean
/// equal values. Works on values as they are shown; blocks, not for the FX thread.
final class Comparison {

  /// Labels of the columns that both have, in the order of the first.
  private final List<Pair> columns;

  private final List<Integer> key;
  private final GridModel first;
  private final GridModel second;
  private final List<Row> rows = new ArrayList<>();
  private int added;
  private int removed;
  private int changed;
  private int same;
  private int sharingKeys;

  /// One column of both.
  private record Pair(int first, int second, ResultColumn head, boolean masked) {}

  /// A row of the first, of the second, or of both (-1 for none), and the columns that differ.
  private record Row(int first, int second, BitSet differing) {
    RowEdits.State state() {
      if (first < 0) {
        return RowEdits.State.ADDED;
      }
      if (second < 0) {
        return RowEdits.State.DELETED;
      }
      return differing.isEmpty() ? RowEdits.State.KEPT : RowEdits.State.CHANGED;
    }
  }

  /// Words in which differences are shown.
  ///
  /// @param change heading of the column that says what became of a row
  record Words(
      String change, String added, String removed, String changed, String same, String empty) {}

  private Comparison(GridModel first, GridModel second, List<Pair> columns, List<Integer> key) {
    this.first = first;
    this.second = second;
    this.columns = columns;
    this.key = List.copyOf(key);
  }

  /// Compares by a key that is found: one column that tells all rows of both apart, or two, or all
  /// columns when none does.
  static Comparison of(GridModel first, GridModel second) {
    List<Pair> columns = pairs(first, second);
    return compared(first, second, columns, keyOf(first, second, columns));
  }

  /// Compares by chosen columns, by their place among [#labels()]. Masked ones are left out; with
  /// none left, all columns are the key.
  static Comparison of(GridModel first, GridModel second, Set<Integer> chosen) {
    List<Pair> columns = pairs(first, second);
    List<Integer> usable =
        chosen.stream().sorted().filter(at -> !columns.get(at).masked()).toList();
    return compared(first, second, columns, usable.isEmpty() ? open(columns) : usable);
  }

  private static Comparison compared(
      GridModel first, GridModel second, List<Pair> columns, List<Integer> key) {
    Comparison comparison = new Comparison(first, second, columns, key);
    comparison.compare();
    return comparison;
  }

  /// Columns with the same label belong together, the first with the first.
  private static List<Pair> pairs(GridModel first, GridModel second) {
    Map<String, Deque<Integer>> places = new HashMap<>();
    for (int at = 0; at < second.all().size(); at++) {
      places.computeIfAbsent(second.all().get(at).label(), name -> new ArrayDeque<>()).add(at);
    }
    List<Pair> pairs = new ArrayList<>();
    for (int at = 0; at < first.all().size(); at++) {
      ResultColumn head = first.all().get(at);
      Integer other = places.getOrDefault(head.label(), new ArrayDeque<>()).poll();
      if (other != null) {
        ResultColumn there = second.all().get(other);
        boolean masked = head.mask().isPresent() || there.mask().isPresent();
        pairs.add(new Pair(at, other, head.mask().isPresent() ? head : there, masked));
      }
    }
    return pairs;
  }

  private static List<Integer> open(List<Pair> columns) {
    return IntStream.range(0, columns.size())
        .filter(at -> !columns.get(at).masked())
        .boxed()
        .toList();
  }

  private static List<Integer> keyOf(GridModel first, GridModel second, List<Pair> columns) {
    List<Integer> open = new ArrayList<>(open(columns));
    // A column that is called like a key is asked first.
    open.sort(
        java.util.Comparator.comparingInt(
            at -> {
              String name = columns.get(at).head().label().toLowerCase(Locale.ROOT);
              return name.equals("id") ? 0 : name.endsWith("id") ? 1 : 2;
            }));
    for (int at : open) {
      if (unique(first, second, columns, List.of(at))) {
        return List.of(at);
      }
    }
    int most = Math.min(open.size(), 6);
    for (int one = 0; one < most; one++) {
      for (int two = one + 1; two < most; two++) {
        List<Integer> both = List.of(open.get(one), open.get(two)).stream().sorted().toList();
        if (unique(first, second, columns, both)) {
          return both;
        }
      }
    }
    return open(columns);
  }

  private static boolean unique(
      GridModel first, GridModel second, List<Pair> columns, List<Integer> key) {
    return unique(first.store(), key.stream().map(at -> columns.get(at).first()).toList())
        && unique(second.store(), key.stream().map(at -> columns.get(at).second()).toList());
  }

  private static boolean unique(ColumnStore store, List<Integer> ordinals) {
    Set<List<Optional<String>>> seen = new HashSet<>();
    int rows = store.rows();
    for (int row = 0; row < rows; row++) {
      List<Optional<String>> key = key(store, row, ordinals);
      if (key.contains(Optional.<String>empty()) || !seen.add(key)) {
        return false;
      }
    }
    return true;
  }

  private static List<Optional<String>> key(ColumnStore store, int row, List<Integer> ordinals) {
    return ordinals.stream().map(ordinal -> value(store, row, ordinal)).toList();
  }

  private static Optional<String> value(ColumnStore store, int row, int ordinal) {
    return store.isNull(row, ordinal) ? Optional.empty() : Optional.of(store.text(row, ordinal));
  }

  private void compare() {
    List<Integer> here = key.stream().map(at -> columns.get(at).first()).toList();
    List<Integer> there = key.stream().map(at -> columns.get(at).second()).toList();
    Map<List<Optional<String>>, Deque<Integer>> waiting = new HashMap<>();
    int others = second.store().rows();
    for (int row = 0; row < others; row++) {
      waiting
          .computeIfAbsent(key(second.store(), row, there), name -> new ArrayDeque<>(1))
          .add(row);
    }
    sharingKeys = others - waiting.size();
    BitSet taken = new BitSet();
    int count = first.store().rows();
    for (int row = 0; row < count; row++) {
      Integer other =
          waiting.getOrDefault(key(first.store(), row, here), new ArrayDeque<>(1)).poll();
      if (other != null) {
        taken.set(other);
      }
      keep(new Row(row, other == null ? -1 : other, differing(row, other)));
    }
    for (int row = taken.nextClearBit(0); row < others; row = taken.nextClearBit(row + 1)) {
      keep(new Row(-1, row, new BitSet()));
    }
  }

  private void keep(Row row) {
    rows.add(row);
    switch (row.state()) {
      case ADDED -> added++;
      case DELETED -> removed++;
      case CHANGED -> changed++;
      case KEPT -> same++;
    }
  }

  private BitSet differing(int row, @Nullable Integer other) {
    BitSet differing = new BitSet();
    if (other == null) {
      return differing;
    }
    for (int at = 0; at < columns.size(); at++) {
      Pair pair = columns.get(at);
      if (!pair.masked()
          && (!value(first.store(), row, pair.first())
                  .equals(value(second.store(), other, pair.second()))
              || first.store().fullLength(row, pair.first())
                  != second.store().fullLength(other, pair.second()))) {
        differing.set(at);
      }
    }
    return differing;
  }

  /// Labels of the columns that both results have.
  List<String> labels() {
    return columns.stream().map(pair -> pair.head().label()).toList();
  }

  /// Whether a column, by its place among [#labels()], is masked on either side.
  boolean isMasked(int column) {
    return columns.get(column).masked();
  }

  /// The key, by the places of its columns among [#labels()].
  List<Integer> key() {
    return key;
  }

  int added() {
    return added;
  }

  int removed() {
    return removed;
  }

  int changed() {
    return changed;
  }

  int same() {
    return same;
  }

  /// Rows of the second result whose key another row has already.
  int sharingKeys() {
    return sharingKeys;
  }

  /// Labels of columns that were not compared since they are masked.
  List<String> masked() {
    return columns.stream().filter(Pair::masked).map(pair -> pair.head().label()).toList();
  }

  /// Labels of columns that only one of them has.
  List<String> onlyInOne() {
    Set<Integer> here = new HashSet<>(columns.stream().map(Pair::first).toList());
    Set<Integer> there = new HashSet<>(columns.stream().map(Pair::second).toList());
    List<String> labels = new ArrayList<>();
    for (int at = 0; at < first.all().size(); at++) {
      if (!here.contains(at)) {
        labels.add(first.all().get(at).label());
      }
    }
    for (int at = 0; at < second.all().size(); at++) {
      if (!there.contains(at)) {
        labels.add(second.all().get(at).label());
      }
    }
    return labels;
  }

  /// The differences as rows of a grid, what became of each row first.
  ///
  /// @param everything rows that are the same too
  GridModel grid(boolean everything, Words words) {
    List<ResultColumn> heads = new ArrayList<>();
    heads.add(new ResultColumn(words.change(), "", Optional.empty()));
    columns.forEach(pair -> heads.add(pair.head()));
    ColumnStore store = new ColumnStore(heads.size());
    List<Row> shown =
        rows.stream().filter(row -> everything || row.state() != RowEdits.State.KEPT).toList();
    List<@Nullable Object[]> batch = new ArrayList<>();
    for (Row row : shown) {
      @Nullable Object[] values = new Object[heads.size()];
      values[0] = word(row.state(), words);
      for (int at = 0; at < columns.size(); at++) {
        values[at + 1] = cell(row, at, words);
      }
      batch.add(values);
    }
    store.append(batch);
    return new GridModel(heads, store)
        .laidOut(new ColumnLayout(ColumnLayout.all(heads.size()).shown(), 1))
        .marked(
            new GridModel.Marks() {
              @Override
              public RowEdits.State state(int row) {
                return shown.get(row).state();
              }

              @Override
              public boolean isMarked(int row, int ordinal) {
                return ordinal > 0 && shown.get(row).differing().get(ordinal - 1);
              }
            });
  }

  private static String word(RowEdits.State state, Words words) {
    return switch (state) {
      case ADDED -> words.added();
      case DELETED -> words.removed();
      case CHANGED -> words.changed();
      case KEPT -> words.same();
    };
  }

  private @Nullable String cell(Row row, int at, Words words) {
    Pair pair = columns.get(at);
    Optional<String> was =
        row.first() < 0 ? Optional.empty() : value(first.store(), row.first(), pair.first());
    Optional<String> is =
        row.second() < 0 ? Optional.empty() : value(second.store(), row.second(), pair.second());
    if (row.differing().get(at)) {
      return said(was, words) + " → " + said(is, words);
    }
    return row.first() < 0 ? is.orElse(null) : was.orElse(null);
  }

  private static String said(Optional<String> value, Words words) {
    return value.map(text -> text.isEmpty() ? words.empty() : text).orElse("NULL");
  }
}
