package dev.sluice.governance.sql;

import dev.sluice.governance.catalog.ColumnRef;
import java.util.Set;
import java.util.TreeSet;

/// One column of a result.
///
/// @param ordinal position from 0
/// @param name the label the server will give it, as computed from the tree
/// @param known false when the sources cannot be known; then `sources` is empty and the analysis
///     is not complete
/// @param sources every base column that reaches the cell by data flow or control flow, except
///     through a declassifier
/// @param declassified base columns seen only through `count` or a NULL test
/// @param direct each source reaches the cell unchanged (aliases, subqueries, views and set
///     operations in between); false for anything computed
/// @param span where in the statement text; the star's for expanded columns
public record OutputColumn(
    int ordinal,
    String name,
    boolean known,
    Set<ColumnRef> sources,
    Set<ColumnRef> declassified,
    boolean direct,
    Span span) {
  public OutputColumn {
    sources = java.util.Collections.unmodifiableSet(new TreeSet<>(sources));
    declassified = java.util.Collections.unmodifiableSet(new TreeSet<>(declassified));
    if (!known && !sources.isEmpty()) {
      throw new IllegalArgumentException("Unknown sources cannot be listed.");
    }
  }
}
