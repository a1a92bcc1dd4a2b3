package dev.sluice.server.execution;

import dev.sluice.gateway.connection.ConnectionPool;
import dev.sluice.gateway.connection.EngineProfile;
import dev.sluice.gateway.connection.JdbcBackend;
import dev.sluice.gateway.execution.Backend;
import dev.sluice.gateway.execution.BackendFailure;
import dev.sluice.gateway.schema.CatalogReader;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.server.Problems;
import dev.sluice.server.Target;
import dev.sluice.server.enforcement.EnforcedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One target's database through the server's own login: one that may write, or, where the database
/// enforces the policy itself, one that reads the catalog and a login of its own for each change.
final class GovernedDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GovernedDatabase.class);
  private static final int SESSIONS = 4;

  private final Target target;
  private final CatalogReader reader;
  private final InstantSource clock;
  private final Duration catalogLife;
  private final ConnectionPool pool;
  private final Optional<EnforcedDatabase> enforced;
  private @Nullable CatalogSnapshot catalog;
  private Instant readAt = Instant.EPOCH;

  GovernedDatabase(
      Target target,
      Optional<EnforcedDatabase> enforced,
      Duration catalogLife,
      InstantSource clock) {
    this.target = target;
    this.enforced = enforced;
    this.reader = CatalogReader.of(target.definition().engine());
    this.catalogLife = catalogLife;
    this.clock = clock;
    this.pool =
        new ConnectionPool(
            target.definition(),
            target.writer(),
            enforced.isPresent() ? EngineProfile.Purpose.READ : EngineProfile.Purpose.WRITE,
            SESSIONS,
            Duration.ofSeconds(5));
  }

  Target target() {
    return target;
  }

  /// The catalog, read again when it is older than allowed.
  ///
  /// @param fresh read it now, whatever its age
  synchronized CatalogSnapshot catalog(boolean fresh) {
    Instant now = clock.instant();
    CatalogSnapshot known = catalog;
    if (known != null && !fresh && now.isBefore(readAt.plus(catalogLife))) {
      return known;
    }
    try {
      Connection connection = pool.borrow();
      try {
        CatalogSnapshot read =
            enforced.isPresent() ? enforced.get().readCatalog(connection) : reader.read(connection);
        catalog = read;
        readAt = now;
        return read;
      } finally {
        pool.giveBack(connection);
      }
    } catch (SQLException e) {
      LOG.warn("The catalog of {} cannot be read: SQLSTATE {}", target.name(), e.getSQLState());
      throw Problems.databaseAway(target.name());
    }
  }

  Optional<EnforcedDatabase> enforced() {
    return enforced;
  }

  /// A session that may do what one statement needs; close it after use.
  ///
  /// @param sessions of the same login, for another look at the same rows
  record Opened(Backend session, ConnectionPool sessions) implements AutoCloseable {
    @Override
    public void close() {
      session.close();
    }
  }

  /// @throws dev.sluice.server.ServerProblem when there is no session for such a statement
  Opened open(StatementAnalysis analysis, Duration statementTime) {
    return open(List.of(analysis), statementTime);
  }

  /// A session that may do what several statements need.
  ///
  /// @throws dev.sluice.server.ServerProblem when there is no session for such statements
  Opened open(List<StatementAnalysis> analyses, Duration statementTime) {
    try {
      if (enforced.isPresent()) {
        ChangeSession session =
            ChangeSession.open(enforced.get(), target.definition(), analyses, statementTime);
        return new Opened(session, session.pool());
      }
      return new Opened(JdbcBackend.open(pool), pool);
    } catch (BackendFailure e) {
      LOG.warn("No session with {}: SQLSTATE {}", target.name(), e.sqlState());
      throw Problems.databaseAway(target.name());
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
