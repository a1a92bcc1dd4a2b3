package dev.sluice.governance.sql;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.internal.TreeAtSourceRewriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Rewrites a checked query so that every reference to certain tables reads something else in their
/// place: a derived table with masked expressions and a row filter, or another relation.
///
/// What it promises: in the text it returns, none of the named tables is reached in any other way
/// than through its substitute, in any subquery, common table expression, set operation or view
/// that the catalog can expand. Column names, their order and the name of the table in scope stay
/// as they were, so stars and qualified names mean what they meant. Where it cannot promise that,
/// it refuses and names the place.
///
/// Pure, and never throws for any text.
public interface AtSourceRewriter {

  /// @param printed the text that the gate printed from the checked tree
  /// @param dialect of the text
  /// @param catalog what names mean, and how views are defined
  /// @param substitutes what is read in place of which table; at most one for a table
  Rewrite rewrite(
      String printed, Dialect dialect, CatalogSnapshot catalog, List<Substitute> substitutes);

  /// @param worker where the parser runs
  static AtSourceRewriter standard(ParserWorker worker) {
    return new TreeAtSourceRewriter(worker);
  }

  /// What is read in place of a table or view.
  sealed interface Substitute {
    /// The relation that is no longer read directly, spelled as the catalog spells it.
    TableRef table();

    /// A query over the table itself.
    ///
    /// @param columns for the columns that are masked, by name as the catalog spells it: the
    ///     expression that stands for it, in the dialect, over unqualified column names; all other
    ///     columns pass unchanged
    /// @param rowFilter a condition in the dialect over unqualified column names; rows for which it
    ///     does not hold do not exist for the statement
    record Derived(TableRef table, Map<String, String> columns, Optional<String> rowFilter)
        implements Substitute {
      public Derived {
        columns = Map.copyOf(columns);
      }
    }

    /// Another relation with the same columns, such as a masked view.
    record Renamed(TableRef table, TableRef to) implements Substitute {}

    /// A masked view that stands before the table in the session's search path: a name without a
    /// schema finds it by itself and stays as it was written, a name with one is replaced.
    record Shadowed(TableRef table, TableRef to) implements Substitute {}
  }

  /// The outcome.
  sealed interface Rewrite {
    /// No such table is read; send the printed text.
    record Unchanged() implements Rewrite {}

    /// @param text to send in place of the printed text
    /// @param tables that were replaced, at least one
    record Rewritten(String text, Set<TableRef> tables) implements Rewrite {
      public Rewritten {
        tables = Set.copyOf(tables);
      }
    }

    /// It must not be sent. The span is within the printed text.
    record Refused(Refusal refusal) implements Rewrite {}
  }
}
