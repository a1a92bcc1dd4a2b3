package dev.sluice.gateway.connection;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Opens sessions with hardened drivers but without the pins of governed sessions: for the
/// administration of a database (enforcement, leases), never for statements of people.
public final class UnpinnedDataSource implements DataSource {

  private final ConnectionDefinition definition;
  private final DatabaseLogin login;
  private final EngineProfile profile;

  public UnpinnedDataSource(ConnectionDefinition definition, DatabaseLogin login) {
    this.definition = definition;
    this.login = login;
    this.profile = EngineProfile.of(definition.engine());
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection =
        Drivers.load(profile.driverClass())
            .connect(
                profile.url(definition),
                profile.properties(definition, login, EngineProfile.Purpose.WRITE));
    if (connection == null) {
      throw new SQLException("The driver does not know this kind of address.", "08001");
    }
    return connection;
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
    // Set per engine in its properties.
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
