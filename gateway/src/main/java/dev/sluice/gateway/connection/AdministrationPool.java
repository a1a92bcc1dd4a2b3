package dev.sluice.gateway.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// A few open sessions of [UnpinnedDataSource], so that a lease does not wait for a login of the
/// server's own. For the administration of a database, never for statements of people.
public final class AdministrationPool implements DataSource, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HikariDataSource pool;

  /// Opens nothing until it is asked.
  ///
  /// @param size sessions open at the same time
  public AdministrationPool(ConnectionDefinition definition, DatabaseLogin login, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("sluice-administration-" + definition.name());
    config.setDataSource(new UnpinnedDataSource(definition, login));
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setIdleTimeout(Duration.ofMinutes(5).toMillis());
    config.setMaxLifetime(Duration.ofMinutes(15).toMillis());
    config.setRegisterMbeans(false);
    this.pool = new HikariDataSource(config);
  }

  @Override
  public Connection getConnection() throws SQLException {
    return pool.getConnection();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("The login is fixed.");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    // Driver logs would carry values.
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // The driver's properties say it.
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("Drivers do not log.");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("There is nothing to unwrap.");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }

  @Override
  public void close() {
    pool.close();
  }
}
