package dev.sluice.governance.policy;

import dev.sluice.governance.catalog.ColumnRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which tags the columns of one connection carry.
final class ColumnTags {

  private record Entry(ColumnPattern pattern, String tag) {}

  private final Map<String, List<Entry>> byColumn = new HashMap<>();
  private final List<Entry> wild = new ArrayList<>();

  private final @Nullable ColumnTags proposed;

  ColumnTags(Collection<PolicyBundle.Classification> classifications, String connection) {
    this(classifications, connection, null);
  }

  /// @param proposed tags for columns of which the classifications say nothing
  ColumnTags(
      Collection<PolicyBundle.Classification> classifications,
      String connection,
      @Nullable ColumnTags proposed) {
    this.proposed = proposed;
    for (PolicyBundle.Classification classification : classifications) {
      if (!classification.connections().isEmpty()
          && !classification.connections().contains(connection)) {
        continue;
      }
      for (String column : classification.columns()) {
        ColumnPattern pattern = ColumnPattern.of(column);
        Entry entry = new Entry(pattern, classification.tag());
        String name = pattern.parts().getLast();
        if (TagPattern.isPattern(name)) {
          wild.add(entry);
        } else {
          byColumn.computeIfAbsent(name, key -> new ArrayList<>()).add(entry);
        }
      }
    }
  }

  Set<String> of(ColumnRef column) {
    Set<String> tags = new TreeSet<>();
    for (Entry entry : byColumn.getOrDefault(ColumnPattern.fold(column.column()), List.of())) {
      addIfMatching(entry, column, tags);
    }
    for (Entry entry : wild) {
      addIfMatching(entry, column, tags);
    }
    return tags.isEmpty() && proposed != null ? proposed.of(column) : tags;
  }

  Set<String> of(Collection<ColumnRef> columns) {
    Set<String> tags = new TreeSet<>();
    columns.forEach(column -> tags.addAll(of(column)));
    return tags;
  }

  private static void addIfMatching(Entry entry, ColumnRef column, Set<String> tags) {
    if (entry.pattern().matches(column)) {
      tags.add(entry.tag());
    }
  }
}
