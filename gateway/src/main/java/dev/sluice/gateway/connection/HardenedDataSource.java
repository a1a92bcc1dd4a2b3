package dev.sluice.gateway.connection;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Opens hardened, pinned sessions through one driver. The pool sits on top of it.
final class HardenedDataSource implements DataSource {

  private final ConnectionDefinition definition;
  private final DatabaseLogin login;
  private final EngineProfile.Purpose purpose;
  private final EngineProfile profile;

  HardenedDataSource(
      ConnectionDefinition definition, DatabaseLogin login, EngineProfile.Purpose purpose) {
    this.definition = definition;
    this.login = login;
    this.purpose = purpose;
    this.profile = EngineProfile.of(definition.engine());
  }

  @Override
  public Connection getConnection() throws SQLException {
    Properties properties = profile.properties(definition, login, purpose);
    Connection connection =
        Drivers.load(profile.driverClass()).connect(profile.url(definition), properties);
    if (connection == null) {
      throw new SQLException("The driver does not know this kind of address.", "08001");
    }
    try {
      profile.prepare(connection, definition, purpose);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
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
