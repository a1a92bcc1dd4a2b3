package dev.sluice.cli.attack;

import dev.sluice.cli.attack.AttackCase.Expect;
import dev.sluice.governance.enforcement.AccessProfile;
import dev.sluice.governance.enforcement.EnforcementPlan;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.EnforcedAccess;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.server.enforcement.EnforcementProblem;
import dev.sluice.server.enforcement.EnforcementService;
import dev.sluice.server.enforcement.Lease;
import dev.sluice.server.enforcement.LeaseBroker;
import dev.sluice.server.enforcement.LeaseTerms;
import dev.sluice.server.enforcement.MariadbLeaseBroker;
import dev.sluice.server.enforcement.PostgresqlLeaseBroker;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/// The third ring: no client guard at all, a plain client that holds nothing but a leased login.
final class DatabaseRing implements Ring {

  private final Ground ground;
  private final LeaseBroker broker;
  private final String database;
  private Lease lease;

  private DatabaseRing(Ground ground, LeaseBroker broker, String database)
      throws EnforcementProblem {
    this.ground = ground;
    this.broker = broker;
    this.database = database;
    this.lease = broker.issue(LeaseTerms.usual("attacker", ""));
  }

  /// Makes the masked views and a lease.
  static DatabaseRing of(Ground ground, PolicyBundle bundle, ConnectionContext context)
      throws EnforcementProblem {
    DataSource administrator = ground.administrator();
    EnforcementService service =
        new EnforcementService(ground.engine(), administrator, ParserWorker.onCallerThread());
    AccessProfile profile =
        EnforcedAccess.everybody(bundle, service.facts().catalog(), context, Instant.now());
    EnforcementPlan plan = service.plan(List.of(profile), Set.of());
    service.apply(plan, plan.hash());
    boolean postgres = ground.engine() == Dialect.POSTGRESQL;
    return new DatabaseRing(
        ground,
        postgres
            ? new PostgresqlLeaseBroker(administrator, plan.names(), new SecureRandom())
            : new MariadbLeaseBroker(administrator, plan.names(), new SecureRandom()),
        postgres ? Ground.DATABASE : plan.names().viewSchema(profile, Ground.DATABASE));
  }

  /// A plain client: the driver as it is, without a setting of ours.
  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:"
            + ground.engine().id()
            + "://127.0.0.1:"
            + ground.definition().port()
            + "/"
            + database
            // PostgreSQL takes several statements at once anyhow.
            + (ground.engine() == Dialect.POSTGRESQL ? "" : "?allowMultiQueries=true"),
        lease.login(),
        lease.password());
  }

  /// A holder may break his own login (change its password): then he gets another.
  private Connection session() throws SQLException {
    try {
      return connect();
    } catch (SQLException broken) {
      try {
        lease = broker.issue(LeaseTerms.usual("attacker", ""));
      } catch (EnforcementProblem e) {
        throw new SQLException(e.object() + ": " + e.getMessage(), broken.getSQLState(), broken);
      }
      return connect();
    }
  }

  @Override
  public void attack(Tried tried) throws SQLException {
    try (Connection connection = session()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            ground.engine() == Dialect.POSTGRESQL
                ? "SET statement_timeout = '5s'"
                : "SET max_statement_time = 5");
      }
      for (String text : tried.attack().texts()) {
        run(tried, connection, text);
      }
    }
  }

  private void run(Tried tried, Connection connection, String text) {
    try (Statement statement = connection.createStatement()) {
      boolean result = statement.execute(text);
      while (result || statement.getUpdateCount() != -1) {
        if (result) {
          look(tried, statement.getResultSet());
        }
        result = statement.getMoreResults();
      }
      for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
        tried.look("a warning", w.getMessage());
      }
    } catch (SQLException e) {
      tried.look("an error", String.valueOf(e));
      tried.look("an error", String.valueOf(e.getCause()));
      AttackCase attack = tried.attack();
      // A write that somebody may approve is not for a leased login at all.
      if (attack.benign() && attack.expect() != Expect.BLOCK && !attack.mayRefuse()) {
        tried.wrong("refused by the database (" + e.getSQLState() + ")");
      }
    }
  }

  private static void look(Tried tried, ResultSet result) throws SQLException {
    ResultSetMetaData labels = result.getMetaData();
    for (int column = 1; column <= labels.getColumnCount(); column++) {
      tried.look("a label", labels.getColumnLabel(column));
    }
    while (result.next()) {
      for (int column = 1; column <= labels.getColumnCount(); column++) {
        tried.cell(column - 1, result.getString(column));
      }
    }
    tried.endOfResult();
  }

  @Override
  public void close() {
    // The whole server goes away with its ground.
  }
}
