package dev.sluice.server.enforcement;

import dev.sluice.governance.enforcement.EnforcementNames;
import java.sql.SQLException;

/// Why a database gave no lease, in words.
final class LeaseRefusals {

  private LeaseRefusals() {}

  static EnforcementProblem of(String database, SQLException e, LeaseBroker broker)
      throws EnforcementProblem {
    return switch (String.valueOf(e.getSQLState())) {
      case EnforcementNames.NOT_APPLIED ->
          new EnforcementProblem(
              database,
              "No enforcement was applied to this database yet. Plan and apply it.",
              EnforcementProblem.Kind.NOT_APPLIED);
      case EnforcementNames.DRIFTED ->
          new EnforcementProblem(
              database,
              "The database changed since its enforcement was applied, so nobody gets a login: "
                  + broker.drift().summary()
                  + ". Plan and apply again.",
              EnforcementProblem.Kind.DRIFTED);
      case EnforcementNames.OTHER_POLICY ->
          new EnforcementProblem(
              database,
              "The database enforces another policy, or nothing for people who see what you see."
                  + " Plan and apply again.",
              EnforcementProblem.Kind.OTHER_POLICY);
      default -> Failures.of(database, "No lease could be issued", e);
    };
  }
}
