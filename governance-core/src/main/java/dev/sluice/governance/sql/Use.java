package dev.sluice.governance.sql;

import dev.sluice.governance.catalog.ColumnRef;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A use of columns in a clause.
///
/// @param role in what way
/// @param sources base columns that reach the clause, never empty
/// @param span where in the statement text
/// @param equality set when the clause is exactly `column = constant` or `column IN (constants)`
public record Use(UseRole role, Set<ColumnRef> sources, Span span, Optional<Equality> equality) {
  public Use {
    sources = java.util.Collections.unmodifiableSet(new TreeSet<>(sources));
  }

  /// A test of one column against constants.
  ///
  /// @param column the base column
  /// @param constants the literals as written, and `?` or the parameter's name for binds
  public record Equality(ColumnRef column, java.util.List<String> constants) {
    public Equality {
      constants = java.util.List.copyOf(constants);
    }
  }
}
