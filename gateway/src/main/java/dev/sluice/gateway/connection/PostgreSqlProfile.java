package dev.sluice.gateway.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/// PostgreSQL through pgjdbc, extended protocol, settings pinned in the startup packet so that a
/// reset goes back to them.
final class PostgreSqlProfile implements EngineProfile {

  @Override
  public String driverClass() {
    return "org.postgresql.Driver";
  }

  @Override
  public String url(ConnectionDefinition definition) {
    return "jdbc:postgresql://"
        + definition.host()
        + ":"
        + definition.port()
        + "/"
        + definition.database();
  }

  @Override
  public Properties properties(
      ConnectionDefinition definition, DatabaseLogin login, Purpose purpose) {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("loginTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    definition.properties().forEach(properties::setProperty);
    properties.setProperty("currentSchema", searchPath(definition));
    properties.setProperty("preferQueryMode", "extended");
    properties.setProperty("prepareThreshold", "0");
    properties.setProperty("cancelSignalTimeout", "2");
    properties.setProperty("readOnlyMode", "always");
    properties.setProperty("assumeMinServerVersion", "12");
    properties.setProperty("ApplicationName", "sluice/" + login.leaseId());
    properties.setProperty("logServerErrorDetail", "false");
    properties.setProperty(
        "options",
        "-c standard_conforming_strings=on"
            + (purpose == Purpose.READ ? " -c default_transaction_read_only=on" : ""));
    properties.setProperty(
        "sslmode",
        switch (definition.transport()) {
          case NONE -> "disable";
          case VERIFIED -> "verify-full";
        });
    if (!properties.containsKey("sslrootcert")) {
      // Without it the driver wants a file in the home folder; Java knows authorities by itself.
      properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }
    properties.setProperty("user", login.user());
    properties.setProperty("password", login.password());
    return properties;
  }

  /// Temporary tables come last, so that none can stand before a table of the same name.
  private static String searchPath(ConnectionDefinition definition) {
    return definition.properties().getOrDefault("currentSchema", "public") + ",pg_temp";
  }

  @Override
  public void prepare(Connection connection, ConnectionDefinition definition, Purpose purpose)
      throws SQLException {
    verify(connection, definition);
  }

  @Override
  public void verify(Connection connection, ConnectionDefinition definition) throws SQLException {
    SessionSettings.expect(
        connection,
        "SELECT current_setting('standard_conforming_strings') AS standard_conforming_strings, "
            + "current_setting('client_encoding') AS client_encoding, "
            + "replace(current_setting('search_path'), ' ', '') AS search_path",
        Map.of(
            "standard_conforming_strings",
            "on",
            "client_encoding",
            "UTF8",
            "search_path",
            searchPath(definition).replace(" ", "")));
  }

  @Override
  public void begin(Connection connection, boolean readOnly) throws SQLException {
    if (connection.isReadOnly() != readOnly) {
      connection.setReadOnly(readOnly);
    }
    connection.setAutoCommit(false);
  }

  /// The session stays without autocommit: this driver asks the database at each change of it, and
  /// the next statement's transaction wants it off again. Nothing is open meanwhile.
  @Override
  public void end(Connection connection) throws SQLException {
    connection.rollback();
  }

  @Override
  public void beginOwn(Connection connection, Purpose purpose) throws SQLException {
    connection.setAutoCommit(true);
    connection.setReadOnly(purpose == Purpose.READ);
  }

  /// The driver fetches in parts only without autocommit; it sends no BEGIN while one is open.
  @Override
  public void ownTransaction(Connection connection, boolean open) throws SQLException {
    connection.setAutoCommit(!open);
  }

  @Override
  public boolean hasReadOnlyFlag() {
    return true;
  }

  @Override
  public void reset(Connection connection, ConnectionDefinition definition, Purpose purpose)
      throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
      connection.setAutoCommit(true);
    }
    SessionSettings.run(connection, "ROLLBACK", "DISCARD ALL");
    connection.setReadOnly(purpose == Purpose.READ);
  }

  @Override
  public int fetchSize(int wanted) {
    return wanted;
  }
}
