package dev.sluice.server.enforcement;

import dev.sluice.governance.enforcement.AccessAudit;
import dev.sluice.governance.enforcement.AccessFinding;
import dev.sluice.governance.enforcement.AccessProfile;
import dev.sluice.governance.enforcement.DatabaseFacts;
import dev.sluice.governance.enforcement.DatabaseFacts.RelationFact;
import dev.sluice.governance.enforcement.EnforcementNames;
import dev.sluice.governance.enforcement.EnforcementPlan;
import dev.sluice.governance.enforcement.EnforcementPlanner;
import dev.sluice.governance.enforcement.PlanStep;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sql.DataSource;

/// Plans, applies and rolls back the enforcement of one database, as an administrator of it.
public final class EnforcementService {

  private static final int MOST_PLANNED = 16;

  private final Dialect dialect;
  private final DataSource administrator;
  private final EnforcementPlanner planner;
  private final FactsReader reader;
  private final Map<String, List<RelationFact>> planned = new ConcurrentHashMap<>();

  /// @param administrator connections of a login that may apply a plan; used for nothing else
  /// @throws EnforcementProblem when the engine cannot be enforced
  public EnforcementService(Dialect dialect, DataSource administrator, ParserWorker worker)
      throws EnforcementProblem {
    this.dialect = dialect;
    this.administrator = administrator;
    this.planner =
        EnforcementPlanner.forDialect(dialect, worker)
            .orElseThrow(
                () ->
                    new EnforcementProblem(
                        dialect.id(),
                        "This engine has no masked views of ours; its connections are brokered at"
                            + " most."));
    this.reader =
        switch (dialect) {
          case POSTGRESQL -> new PostgresqlFactsReader();
          case MARIADB -> new MariadbFactsReader();
          case MYSQL, SQLITE, DUCKDB, SQLSERVER, TRINO, ANSI ->
              throw new EnforcementProblem(
                  dialect.id(), "The catalogs of this engine are not read yet.");
        };
  }

  public DatabaseFacts facts() throws EnforcementProblem {
    try (Connection connection = administrator.getConnection()) {
      return reader.read(connection);
    } catch (SQLException e) {
      throw Failures.of(dialect.id(), "The catalogs could not be read", e);
    }
  }

  /// @param pureFunctions qualified names of functions that the policy vouches for
  public EnforcementPlan plan(List<AccessProfile> profiles, Set<String> pureFunctions)
      throws EnforcementProblem {
    DatabaseFacts facts = facts();
    EnforcementPlan plan = planner.plan(facts, profiles, pureFunctions);
    if (planned.size() > MOST_PLANNED) {
      planned.clear();
    }
    planned.put(plan.hash(), theirs(facts));
    return plan;
  }

  /// Applies a plan that somebody has reviewed. On PostgreSQL all of it or nothing.
  ///
  /// @param reviewed the hash that was reviewed
  /// @throws EnforcementProblem when the plan has problems, is no longer what was reviewed, or a
  ///     step fails; names the step
  public void apply(EnforcementPlan plan, String reviewed) throws EnforcementProblem {
    if (!plan.applicable()) {
      throw new EnforcementProblem(
          plan.problems().getFirst().object(),
          plan.problems().getFirst().message() + " " + plan.problems().getFirst().wayOut());
    }
    if (!plan.hash().equals(reviewed)) {
      throw new EnforcementProblem(
          plan.database(), "This is not the plan that was reviewed. Plan and review again.");
    }
    requireUnchanged(plan);
    run(plan.steps(), plan.hash(), plan.profileLines());
  }

  /// Where an engine commits each definition by itself, a plan for tables that are no longer so
  /// must not be begun.
  private void requireUnchanged(EnforcementPlan plan) throws EnforcementProblem {
    List<RelationFact> before = planned.get(plan.hash());
    if (before == null) {
      return;
    }
    List<RelationFact> now = theirs(facts());
    List<RelationFact> different = new ArrayList<>(before);
    different.removeAll(now);
    if (different.isEmpty() && now.size() != before.size()) {
      different = new ArrayList<>(now);
      different.removeAll(before);
    }
    if (!different.isEmpty()) {
      throw new EnforcementProblem(
          different.getFirst().ref().dotted(),
          "It changed since the plan was made, so nothing was applied. Plan and review again.");
    }
  }

  private static List<RelationFact> theirs(DatabaseFacts facts) {
    return facts.relations().stream()
        .filter(relation -> !EnforcementNames.ours(relation.ref().schema()))
        .toList();
  }

  /// Gives everything back as it was before the first plan. Leases must have ended.
  public void rollback() throws EnforcementProblem {
    run(planner.rollback(facts()), "", "");
  }

  /// The statements that [#rollback()] would run.
  public List<PlanStep> rollbackSteps() throws EnforcementProblem {
    return planner.rollback(facts());
  }

  private void run(List<PlanStep> steps, String hash, String profiles) throws EnforcementProblem {
    try (Connection connection = administrator.getConnection()) {
      if (dialect == Dialect.POSTGRESQL) {
        runInTransaction(connection, steps, hash, profiles);
      } else {
        runEach(connection, steps);
        if (!hash.isEmpty()) {
          String database = "sluice_broker_" + connection.getCatalog();
          remember(
              connection,
              "INSERT INTO `" + database + "`.applied (plan, profiles, state) VALUES (?, ?, ?)",
              hash,
              profiles,
              MariadbState.read(connection, database));
        }
      }
    } catch (SQLException e) {
      throw Failures.of(dialect.id(), "The plan could not be applied", e);
    }
  }

  private static void runInTransaction(
      Connection connection, List<PlanStep> steps, String hash, String profiles)
      throws SQLException, EnforcementProblem {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL search_path = pg_catalog");
      statement.execute("SET LOCAL standard_conforming_strings = on");
      statement.execute("SET LOCAL lock_timeout = '10s'");
      statement.execute("SELECT pg_advisory_xact_lock(7311846012)");
      runEach(connection, steps);
      if (!hash.isEmpty()) {
        remember(
            connection,
            "INSERT INTO sluice_broker.applied (plan, profiles, state)"
                + " VALUES (?, ?, sluice_broker.state())",
            hash,
            profiles);
      }
      connection.commit();
    } catch (SQLException | EnforcementProblem e) {
      connection.rollback();
      throw e;
    }
  }

  private static void runEach(Connection connection, List<PlanStep> steps)
      throws SQLException, EnforcementProblem {
    try (Statement statement = connection.createStatement()) {
      for (PlanStep step : steps) {
        try {
          statement.execute(step.sql());
        } catch (SQLException e) {
          throw new EnforcementProblem(
              step.object(),
              "A step of the plan failed ("
                  + e.getSQLState()
                  + "): "
                  + step.why()
                  + " "
                  + firstLine(e),
              e);
        }
      }
    }
  }

  /// Statements of a plan hold no data, so the database's own words are safe to show.
  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static void remember(Connection connection, String sql, String... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  /// Logs in with a lease of its own and checks what it can and cannot do.
  ///
  /// @param broker of this database
  /// @param login makes a connection of a lease
  /// @return what is wrong, one sentence each; empty when the plan holds
  public List<String> verify(AccessProfile profile, LeaseBroker broker, LeaseConnections login)
      throws EnforcementProblem {
    Lease lease =
        broker.issue(
            new LeaseTerms(
                "verify", profile.name(), Duration.ofMinutes(5), 2, Duration.ofSeconds(30)));
    try (Connection leased = login.connect(lease);
        Connection direct = administrator.getConnection()) {
      return new EnforcementProbe(facts(), profile).findings(leased, direct);
    } catch (SQLException e) {
      throw Failures.of(dialect.id(), "The plan could not be verified", e);
    } finally {
      broker.revoke(lease.login());
    }
  }

  /// Who can read governed tables around Sluice.
  ///
  /// @param accepted names of findings that an administrator has accepted
  public List<AccessFinding> audit(List<AccessProfile> profiles, Set<String> accepted)
      throws EnforcementProblem {
    return AccessAudit.findings(facts(), profiles, accepted);
  }

  /// Makes connections as leased logins.
  public interface LeaseConnections {
    Connection connect(Lease lease) throws SQLException;
  }

  /// Sets the password of the server's own login, hashed here.
  ///
  /// @param password ASCII letters and digits
  public void setBrokerPassword(String password) throws EnforcementProblem {
    setPassword(EnforcementNames::broker, password);
  }

  /// Sets the password of the server's login for approved changes, hashed here.
  ///
  /// @param password ASCII letters and digits
  public void setChangerPassword(String password) throws EnforcementProblem {
    setPassword(EnforcementNames::changer, password);
  }

  private void setPassword(Function<EnforcementNames, String> login, String password)
      throws EnforcementProblem {
    try (Connection connection = administrator.getConnection();
        Statement statement = connection.createStatement()) {
      String name = login.apply(new EnforcementNames(connection.getCatalog()));
      statement.execute(
          dialect == Dialect.POSTGRESQL
              ? "ALTER ROLE \""
                  + name
                  + "\" PASSWORD '"
                  + Scram.verifier(password, new SecureRandom())
                  + "'"
              : "ALTER USER `"
                  + name
                  + "`@`%` IDENTIFIED BY PASSWORD '"
                  + MariadbLeaseBroker.hash(password)
                  + "'");
    } catch (SQLException e) {
      throw Failures.of(dialect.id(), "The password of the server's login could not be set", e);
    }
  }
}
