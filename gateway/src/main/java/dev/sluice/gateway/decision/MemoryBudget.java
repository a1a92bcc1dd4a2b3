package dev.sluice.gateway.decision;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.policy.EqualityBudget;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Equality budgets as far as this process has seen them spent. The server keeps the count that
/// binds across sessions and machines.
public final class MemoryBudget implements EqualityBudget {

  private record Key(String subject, ColumnRef column, LocalDate day) {}

  private final Map<Key, Set<String>> spent = new HashMap<>();

  @Override
  public synchronized Set<String> spent(String subject, ColumnRef column, LocalDate day) {
    return Set.copyOf(spent.getOrDefault(new Key(subject, column, day), Set.of()));
  }

  /// Records what running a statement spends.
  public synchronized void spend(List<Spending> spendings) {
    for (Spending spending : spendings) {
      Key key = new Key(spending.subject(), spending.column(), spending.day());
      spent.computeIfAbsent(key, any -> new HashSet<>()).addAll(spending.constants());
    }
  }
}
