package dev.sluice.governance.sql;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import java.util.Map;
import java.util.Optional;

/// Rewrites a statement so that tables appear as if they held other values or fewer rows: every
/// reference to a column reads an expression over it instead, every reference to a table reads only
/// the rows that pass a filter, wherever in the statement and through whatever view.
///
/// What it cannot rewrite wholly it does not rewrite: a statement that is half masked must not
/// exist.
public interface SourceRewriter {

  /// @param columns base column -> expression in the statement's dialect; `{column}` stands for the
  ///     column itself
  /// @param rowFilters base table -> condition over its columns, unqualified
  /// @return the text to send instead, with the same result columns; empty when it cannot be done
  Optional<String> rewrite(
      StatementAnalysis analysis,
      CatalogSnapshot catalog,
      Map<ColumnRef, String> columns,
      Map<TableRef, String> rowFilters);
}
