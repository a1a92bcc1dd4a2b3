package dev.sluice.governance.sql;

import dev.sluice.governance.sql.internal.PlainChanges;
import java.util.List;
import java.util.Optional;

/// The one table that a plain INSERT, UPDATE or DELETE changes, and how its rows are found again by
/// a query of their own. Only statements whose rows another session finds alike have one: no joins,
/// no sub-queries, no function calls, no clock, no LIMIT.
///
/// @param kind INSERT, UPDATE or DELETE
/// @param from the table as the statement names it, with its alias: what follows FROM
/// @param qualifier how the statement's conditions call the table: its alias, else as in `from`
/// @param where the condition that chooses rows; empty for all rows and for INSERT
/// @param assigned names of the columns that an UPDATE sets, as written
public record ChangedTable(
    EffectKind kind, String from, String qualifier, Optional<String> where, List<String> assigned) {

  public ChangedTable {
    assigned = List.copyOf(assigned);
  }

  /// Reads the statement that is about to be sent.
  ///
  /// @param printed the text that the gate printed
  /// @return empty when its rows cannot be found again for certain
  public static Optional<ChangedTable> of(String printed, Dialect dialect, ParserWorker worker) {
    return PlainChanges.read(printed, dialect, worker);
  }
}
