package dev.sluice.server.execution;

import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.server.enforcement.ChangeBroker.Right;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which verbs on which tables statements need.
final class ChangeRights {

  private ChangeRights() {}

  /// The same for several statements of one session; empty when one of them does such things.
  static Optional<List<Right>> of(List<StatementAnalysis> analyses) {
    Set<Right> rights = new LinkedHashSet<>();
    for (StatementAnalysis analysis : analyses) {
      Optional<List<Right>> some = of(analysis);
      if (some.isEmpty()) {
        return Optional.empty();
      }
      rights.addAll(some.get());
    }
    return Optional.of(List.copyOf(rights));
  }

  /// @return empty when the statement does what no login of a change is ever given, such as
  ///     changing a table's shape
  static Optional<List<Right>> of(StatementAnalysis analysis) {
    Set<Right> rights = new LinkedHashSet<>();
    for (TableRef table : analysis.tables()) {
      rights.add(new Right("SELECT", table));
    }
    for (Effect effect : analysis.effects()) {
      List<String> verbs =
          switch (effect.kind()) {
            case READ, SHOW, EXPLAIN -> List.of();
            case INSERT -> List.of("INSERT");
            case UPDATE -> List.of("UPDATE");
            case DELETE -> List.of("DELETE");
            case MERGE -> List.of("INSERT", "UPDATE", "DELETE");
            case COPY,
                TRUNCATE,
                CREATE,
                ALTER,
                DROP,
                RENAME,
                GRANT,
                REVOKE,
                ROLE,
                SESSION,
                TRANSACTION,
                LOCK,
                MAINTENANCE,
                CALL,
                EXECUTE,
                FILE,
                PROGRAM,
                NETWORK,
                UNRECOGNISED ->
                List.of("none");
          };
      if (verbs.contains("none")) {
        return Optional.empty();
      }
      for (String verb : verbs) {
        for (TableRef table : analysis.tables()) {
          if (effect.objects().contains(table.dotted())) {
            rights.add(new Right(verb, table));
          }
        }
      }
    }
    return Optional.of(List.copyOf(rights));
  }
}
