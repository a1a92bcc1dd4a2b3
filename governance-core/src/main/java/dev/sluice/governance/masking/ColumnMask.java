package dev.sluice.governance.masking;

import dev.sluice.governance.catalog.ColumnRef;
import java.util.Set;

/// What happens to one result column.
///
/// @param ordinal position from 0; masks are bound by ordinal, never by label
/// @param tags classification tags that reach the column, sorted
/// @param sensitiveSources the classified columns among its sources
/// @param spec the algorithm applied
/// @param atSource the database already shows masked values: display as masked, do not mask again
public record ColumnMask(
    int ordinal,
    Set<String> tags,
    Set<ColumnRef> sensitiveSources,
    MaskSpec spec,
    boolean atSource) {
  public ColumnMask {
    tags = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(tags));
    sensitiveSources =
        java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(sensitiveSources));
  }
}
