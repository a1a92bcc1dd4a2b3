package dev.sluice.governance.policy;

import dev.sluice.governance.catalog.TableRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which rows of which tables somebody sees. Several filters on one table must all hold.
final class RowFilters {

  /// What restricts a request.
  sealed interface Outcome {
    /// @param conditions by table; empty when nothing is restricted
    record Restricted(Map<TableRef, String> conditions) implements Outcome {}

    /// Whether a filter holds could not be decided; the request must be refused.
    record Undecided(String filter) implements Outcome {}
  }

  private final List<PolicyBundle.RowFilter> filters;
  private final List<Condition> conditions;

  RowFilters(List<PolicyBundle.RowFilter> filters) {
    this.filters = filters;
    this.conditions =
        filters.stream().map(filter -> new Condition(ConditionLanguage.WHO, filter.who())).toList();
  }

  Outcome restrict(DecisionRequest request, ConnectionContext connection) {
    Map<TableRef, String> restricted = new LinkedHashMap<>();
    for (int i = 0; i < filters.size(); i++) {
      PolicyBundle.RowFilter filter = filters.get(i);
      List<TableRef> tables =
          request.analysis().tables().stream()
              .filter(table -> TablePattern.matches(filter.table(), table))
              .toList();
      if (tables.isEmpty()) {
        continue;
      }
      switch (conditions.get(i).of(Facts.who(request, connection))) {
        case Condition.Outcome.Failed failed -> {
          return new Outcome.Undecided(filter.id());
        }
        case Condition.Outcome.Holds holds -> {
          if (holds.value()) {
            tables.forEach(
                table ->
                    restricted.merge(
                        table, "(" + filter.filter() + ")", (one, other) -> one + " AND " + other));
          }
        }
      }
    }
    return new Outcome.Restricted(restricted);
  }

  /// The filter to name when a table cannot be restricted.
  String idFor(TableRef table) {
    return filters.stream()
        .filter(filter -> TablePattern.matches(filter.table(), table))
        .map(PolicyBundle.RowFilter::id)
        .findFirst()
        .orElse("row-filter");
  }

  void warmUp() {
    conditions.forEach(Condition::compiled);
  }
}
