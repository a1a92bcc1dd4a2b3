package dev.sluice.app.results;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Changes to the rows of a result that nobody has sent yet. Rows are known by their place in the
/// store; added ones have places below zero, the first is -1. One thread.
final class RowEdits {

  /// What is to happen to a row.
  enum State {
    KEPT,
    CHANGED,
    ADDED,
    DELETED
  }

  private final EditTarget target;
  private final ColumnStore store;
  private final Map<Integer, Map<Integer, Optional<String>>> changed = new TreeMap<>();
  private final SortedSet<Integer> deleted = new TreeSet<>();
  private final List<Map<Integer, Optional<String>>> added = new ArrayList<>();

  RowEdits(EditTarget target, ColumnStore store) {
    this.target = target;
    this.store = store;
  }

  EditTarget target() {
    return target;
  }

  ColumnStore store() {
    return store;
  }

  boolean isEmpty() {
    return changed.isEmpty() && deleted.isEmpty() && added.isEmpty();
  }

  int addedRows() {
    return added.size();
  }

  /// Adds an empty row at the end: columns that stay untouched get their default.
  void add() {
    added.add(new HashMap<>());
  }

  State state(int row) {
    if (row < 0) {
      return State.ADDED;
    }
    return deleted.contains(row)
        ? State.DELETED
        : changed.containsKey(row) ? State.CHANGED : State.KEPT;
  }

  /// Whether a cell has a value that is not in the database.
  boolean isStaged(int row, int ordinal) {
    return values(row).containsKey(ordinal);
  }

  /// The staged value of a cell; empty for NULL.
  Optional<String> staged(int row, int ordinal) {
    return values(row).getOrDefault(ordinal, Optional.empty());
  }

  private Map<Integer, Optional<String>> values(int row) {
    return row < 0 ? added.get(-row - 1) : changed.getOrDefault(row, Map.of());
  }

  /// Why a cell cannot be changed, as the key of the words; empty when it can.
  String whyNot(int row, int ordinal) {
    EditTarget.Column column = target.columns().get(ordinal);
    // To write a masked column shows nothing of it.
    if (row < 0 && column.whyNot().equals("edit.no.masked") && column.kind().isPresent()) {
      return "";
    }
    if (!column.editable()) {
      return column.whyNot();
    }
    if (row >= 0 && deleted.contains(row)) {
      return "edit.no.deleted";
    }
    return row >= 0 && store.isCapped(row, ordinal) ? "edit.no.long" : "";
  }

  /// Stages a value; empty for NULL. What is there already is taken back.
  ///
  /// @return the key of the words why not; empty when it is staged
  String set(int row, int ordinal, Optional<String> value) {
    String whyNot = whyNot(row, ordinal);
    if (!whyNot.isEmpty()) {
      return whyNot;
    }
    EditTarget.Column column = target.columns().get(ordinal);
    if (value.isEmpty() && !column.nullable()) {
      return "edit.no.null";
    }
    if (value.isPresent() && !column.kind().orElseThrow().accepts(value.get())) {
      return "edit.wrong." + column.kind().get().name().toLowerCase(java.util.Locale.ROOT);
    }
    if (row >= 0 && original(row, ordinal).equals(value)) {
      take(row, ordinal);
      return "";
    }
    Map<Integer, Optional<String>> values =
        row < 0 ? added.get(-row - 1) : changed.computeIfAbsent(row, each -> new TreeMap<>());
    values.put(ordinal, value);
    return "";
  }

  /// What the database had; empty for NULL.
  Optional<String> original(int row, int ordinal) {
    return store.isNull(row, ordinal) ? Optional.empty() : Optional.of(store.text(row, ordinal));
  }

  private void take(int row, int ordinal) {
    Map<Integer, Optional<String>> values = changed.get(row);
    if (values != null) {
      values.remove(ordinal);
      if (values.isEmpty()) {
        changed.remove(row);
      }
    }
  }

  /// Marks a row for deletion; an added one is gone at once.
  void delete(int row) {
    if (row < 0) {
      added.remove(-row - 1);
    } else {
      changed.remove(row);
      deleted.add(row);
    }
  }

  /// Takes back everything that is staged for a row.
  void revert(int row) {
    if (row < 0) {
      added.remove(-row - 1);
    } else {
      changed.remove(row);
      deleted.remove(row);
    }
  }

  void clear() {
    changed.clear();
    deleted.clear();
    added.clear();
  }

  Map<Integer, Map<Integer, Optional<String>>> changed() {
    return changed;
  }

  SortedSet<Integer> deleted() {
    return deleted;
  }

  List<Map<Integer, Optional<String>>> added() {
    return added;
  }
}
