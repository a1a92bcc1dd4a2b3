package dev.sluice.app.results;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Which columns of a result are shown, in which order, and how many stay in place while the rest
/// scrolls. The result itself stays as it came.
///
/// @param shown ordinals in the order they are shown
/// @param frozen this many of them, from the left, do not scroll
record ColumnLayout(List<Integer> shown, int frozen) {

  ColumnLayout {
    shown = List.copyOf(shown);
    frozen = Math.clamp(frozen, 0, shown.size());
  }

  static ColumnLayout all(int count) {
    return new ColumnLayout(IntStream.range(0, count).boxed().toList(), 0);
  }

  /// Without the column shown at `at`; the last one stays, for an empty grid tells nothing.
  ColumnLayout hide(int at) {
    if (shown.size() < 2) {
      return this;
    }
    List<Integer> rest = new ArrayList<>(shown);
    rest.remove(at);
    return new ColumnLayout(rest, at < frozen ? frozen - 1 : frozen);
  }

  ColumnLayout move(int from, int to) {
    List<Integer> moved = new ArrayList<>(shown);
    Integer ordinal = moved.remove(from);
    moved.add(Math.clamp(to, 0, moved.size()), ordinal);
    return new ColumnLayout(moved, frozen);
  }

  /// Puts a column first and keeps it in place.
  ColumnLayout pin(int at) {
    ColumnLayout first = at < frozen ? this : move(at, frozen);
    return new ColumnLayout(first.shown, Math.max(frozen, Math.min(at, frozen) + 1));
  }

  ColumnLayout freeze(int count) {
    return new ColumnLayout(shown, count);
  }

  boolean isPlain(int count) {
    return frozen == 0 && equals(all(count));
  }
}
