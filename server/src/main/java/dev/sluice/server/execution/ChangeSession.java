package dev.sluice.server.execution;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionPool;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.connection.EngineProfile;
import dev.sluice.gateway.connection.JdbcBackend;
import dev.sluice.gateway.execution.Backend;
import dev.sluice.gateway.execution.BackendFailure;
import dev.sluice.gateway.execution.BackendRequest;
import dev.sluice.gateway.execution.BackendResult;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.server.Problems;
import dev.sluice.server.enforcement.ChangeBroker.ChangeLogin;
import dev.sluice.server.enforcement.ChangeBroker.Right;
import dev.sluice.server.enforcement.EnforcedDatabase;
import dev.sluice.server.enforcement.EnforcementProblem;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One session of a login that exists for what is changed at once and ends with it.
final class ChangeSession implements Backend {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeSession.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int SESSIONS = 2;

  private final EnforcedDatabase database;
  private final ChangeLogin login;
  private final ConnectionPool pool;
  private final Backend session;

  private ChangeSession(
      EnforcedDatabase database, ChangeLogin login, ConnectionPool pool, Backend session) {
    this.database = database;
    this.login = login;
    this.pool = pool;
    this.session = session;
  }

  static ChangeSession open(
      EnforcedDatabase database,
      ConnectionDefinition definition,
      List<StatementAnalysis> analyses,
      Duration statementTime)
      throws BackendFailure {
    List<Right> rights =
        ChangeRights.of(analyses).orElseThrow(() -> Problems.notAChangeOfRows(definition.name()));
    ChangeLogin login;
    try {
      login = database.changes().begin(rights, statementTime);
    } catch (EnforcementProblem problem) {
      LOG.warn("{}: {}", problem.object(), problem.getMessage());
      throw Problems.databaseAway(definition.name());
    }
    ConnectionPool pool =
        new ConnectionPool(
            definition,
            new DatabaseLogin("change", login.login(), login.password()),
            EngineProfile.Purpose.WRITE,
            SESSIONS,
            PATIENCE);
    try {
      return new ChangeSession(database, login, pool, JdbcBackend.open(pool));
    } catch (BackendFailure | RuntimeException e) {
      end(database, login, pool);
      throw e;
    }
  }

  /// Another session of the same login, which sees what was there before until this one commits.
  ConnectionPool pool() {
    return pool;
  }

  @Override
  public BackendResult execute(BackendRequest request) throws BackendFailure {
    return session.execute(request);
  }

  @Override
  public void cancel() {
    session.cancel();
  }

  @Override
  public void abandon() {
    session.abandon();
  }

  @Override
  public void close() {
    session.close();
    end(database, login, pool);
  }

  private static void end(EnforcedDatabase database, ChangeLogin login, ConnectionPool pool) {
    pool.close();
    try {
      database.changes().end(login.login());
    } catch (EnforcementProblem problem) {
      // It runs out in minutes by itself, and is looked for and ended then.
      LOG.warn("{}: {}", problem.object(), problem.getMessage());
    }
  }
}
