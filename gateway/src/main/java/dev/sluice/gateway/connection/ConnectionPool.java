package dev.sluice.gateway.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// Sessions of one definition for one login and one purpose. Opens nothing until it is asked.
///
/// Every session that is handed out is hardened and pinned; what comes back is reset and verified,
/// and thrown away when either fails.
public final class ConnectionPool implements AutoCloseable {

  private final ConnectionDefinition definition;
  private final EngineProfile.Purpose purpose;
  private final EngineProfile profile;
  private final HikariDataSource pool;

  /// @param size sessions open at the same time
  /// @param patience how long to wait for a session before giving up
  public ConnectionPool(
      ConnectionDefinition definition,
      DatabaseLogin login,
      EngineProfile.Purpose purpose,
      int size,
      Duration patience) {
    this.definition = definition;
    this.purpose = purpose;
    this.profile = EngineProfile.of(definition.engine());
    HikariConfig config = new HikariConfig();
    config.setPoolName("sluice-" + definition.name());
    config.setDataSource(new HardenedDataSource(definition, login, purpose));
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(Math.max(250, patience.toMillis()));
    config.setValidationTimeout(Math.max(250, Math.min(3000, patience.toMillis())));
    config.setInitializationFailTimeout(-1);
    config.setIdleTimeout(Duration.ofMinutes(5).toMillis());
    config.setMaxLifetime(Duration.ofMinutes(15).toMillis());
    config.setRegisterMbeans(false);
    config.setReadOnly(purpose == EngineProfile.Purpose.READ && profile.hasReadOnlyFlag());
    this.pool = new HikariDataSource(config);
  }

  public ConnectionDefinition definition() {
    return definition;
  }

  public EngineProfile.Purpose purpose() {
    return purpose;
  }

  public EngineProfile profile() {
    return profile;
  }

  /// Sessions open at the same time, at most.
  public int size() {
    return pool.getMaximumPoolSize();
  }

  /// Whether somebody has a session of it now.
  public boolean isInUse() {
    return active() > 0;
  }

  /// Whether every session that it may open is lent.
  public boolean isFull() {
    return active() >= size();
  }

  private int active() {
    HikariPoolMXBean running = pool.getHikariPoolMXBean();
    // There is none before the first session is asked for, and none after the end.
    return running == null ? 0 : running.getActiveConnections();
  }

  /// A pinned session. Give it back with [#giveBack], or [#throwAway] it.
  ///
  /// @throws SQLException when none can be had in time
  public Connection borrow() throws SQLException {
    return pool.getConnection();
  }

  /// Resets and verifies a session; throws it away when that fails.
  public void giveBack(Connection connection) {
    try {
      profile.reset(connection, definition, purpose);
      profile.verify(connection, definition);
      connection.close();
    } catch (SQLException e) {
      throwAway(connection);
    }
  }

  /// Closes a session without asking the database anything more.
  public void throwAway(Connection connection) {
    pool.evictConnection(connection);
  }

  @Override
  public void close() {
    pool.close();
  }
}
