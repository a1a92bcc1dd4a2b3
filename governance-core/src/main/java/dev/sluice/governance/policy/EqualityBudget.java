package dev.sluice.governance.policy;

import dev.sluice.governance.catalog.ColumnRef;
import java.time.LocalDate;
import java.util.Set;

/// How many distinct constants somebody has compared a column with today. Asking never spends:
/// whoever runs a permit spends what [Permit#equalities()] lists.
public interface EqualityBudget {

  /// @param subject key of the person; an agent spends its owner's budget
  /// @param day UTC day of the request
  /// @return the constants spent so far, as given to the store (it may keep keyed hashes as long as
  ///     `contains` answers for the constants themselves)
  Set<String> spent(String subject, ColumnRef column, LocalDate day);

  /// What running a statement will spend.
  ///
  /// @param constants as written, and bind values
  record Spending(String subject, ColumnRef column, LocalDate day, Set<String> constants) {
    public Spending {
      constants = Set.copyOf(constants);
    }
  }
}
