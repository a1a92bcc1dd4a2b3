package dev.sluice.governance.enforcement;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Turns facts about a database and the access a policy gives into a plan. Pure: the same facts and
/// profiles give the same plan, and a database to which a plan was applied gives that plan again.
public interface EnforcementPlanner {

  /// @param facts about the database as it is now
  /// @param profiles what each kind of person sees; the one without a name comes first
  /// @param pureFunctions qualified names (`schema.name`) of functions that the policy vouches for
  EnforcementPlan plan(
      DatabaseFacts facts, List<AccessProfile> profiles, Set<String> pureFunctions);

  /// What undoes a plan that was applied to this database: grants go back to where they were, and
  /// everything of ours is dropped.
  List<PlanStep> rollback(DatabaseFacts facts);

  /// @param dialect of the engine
  /// @param worker where view definitions are parsed
  /// @return empty for an engine that cannot be enforced; its connections are at most brokered
  static Optional<EnforcementPlanner> forDialect(Dialect dialect, ParserWorker worker) {
    return switch (dialect) {
      case POSTGRESQL -> Optional.of(new PostgresqlPlanner(worker));
      case MARIADB -> Optional.of(new MariadbPlanner(worker));
      case MYSQL, SQLITE, DUCKDB, SQLSERVER, TRINO, ANSI -> Optional.empty();
    };
  }
}
