package dev.sluice.server.execution;

import dev.sluice.gateway.connection.ConnectionPool;
import dev.sluice.gateway.connection.EngineProfile;
import dev.sluice.gateway.connection.JdbcBackend;
import dev.sluice.gateway.execution.Backend;
import dev.sluice.gateway.execution.BackendFailure;
import dev.sluice.gateway.schema.CatalogReader;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.server.Problems;
import dev.sluice.server.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One target's database through the server's own writing login.
final class GovernedDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GovernedDatabase.class);
  private static final int SESSIONS = 4;

  private final Target target;
  private final CatalogReader reader;
  private final InstantSource clock;
  private final Duration catalogLife;
  private final ConnectionPool pool;
  private @Nullable CatalogSnapshot catalog;
  private Instant readAt = Instant.EPOCH;

  GovernedDatabase(Target target, Duration catalogLife, InstantSource clock) {
    this.target = target;
    this.reader = CatalogReader.of(target.definition().engine());
    this.catalogLife = catalogLife;
    this.clock = clock;
    this.pool =
        new ConnectionPool(
            target.definition(),
            target.writer(),
            EngineProfile.Purpose.WRITE,
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
        CatalogSnapshot read = reader.read(connection);
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

  /// A session that may write; close it after use.
  Backend open() {
    try {
      return JdbcBackend.open(pool);
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
