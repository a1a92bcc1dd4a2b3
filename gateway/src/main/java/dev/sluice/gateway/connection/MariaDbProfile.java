package dev.sluice.gateway.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/// MariaDB and MySQL through MariaDB's driver, which is not shipped: put its jar into the drivers
/// folder. One statement at a time, no local files, `sql_mode` and character set pinned.
final class MariaDbProfile implements EngineProfile {

  /// Backslash escapes stay on and double quotes stay strings: what the lexer of both engines
  /// reads.
  private static final String SQL_MODE =
      "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";

  @Override
  public String driverClass() {
    return "org.mariadb.jdbc.Driver";
  }

  @Override
  public String url(ConnectionDefinition definition) {
    return "jdbc:mariadb://"
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
    properties.setProperty("connectTimeout", "5000");
    properties.setProperty("tcpKeepAlive", "true");
    definition.properties().forEach(properties::setProperty);
    properties.setProperty("allowMultiQueries", "false");
    properties.setProperty("allowLocalInfile", "false");
    properties.setProperty("useServerPrepStmts", "false");
    properties.setProperty("disablePipeline", "true");
    properties.setProperty("connectionAttributes", "program:sluice/" + login.leaseId());
    properties.setProperty(
        "sslMode",
        switch (definition.transport()) {
          case NONE -> "disable";
          case VERIFIED -> "verify-full";
        });
    properties.setProperty("user", login.user());
    properties.setProperty("password", login.password());
    return properties;
  }

  @Override
  public void prepare(Connection connection, ConnectionDefinition definition, Purpose purpose)
      throws SQLException {
    SessionSettings.run(
        connection, "SET NAMES utf8mb4", "SET SESSION sql_mode = '" + SQL_MODE + "'");
    verify(connection, definition);
  }

  @Override
  public void verify(Connection connection, ConnectionDefinition definition) throws SQLException {
    SessionSettings.expect(
        connection,
        "SELECT @@sql_mode AS sql_mode, @@character_set_client AS character_set_client, "
            + "database() AS default_database",
        Map.of(
            "sql_mode",
            SQL_MODE,
            "character_set_client",
            "utf8mb4",
            "default_database",
            definition.database()));
  }

  @Override
  public void begin(Connection connection, boolean readOnly) throws SQLException {
    if (connection.isReadOnly() != readOnly) {
      connection.setReadOnly(readOnly);
    }
    connection.setAutoCommit(false);
    if (readOnly) {
      SessionSettings.run(connection, "START TRANSACTION READ ONLY");
    }
  }

  @Override
  public void beginOwn(Connection connection, Purpose purpose) throws SQLException {
    connection.setAutoCommit(true);
    connection.setReadOnly(purpose == Purpose.READ);
  }

  @Override
  public boolean hasReadOnlyFlag() {
    return true;
  }

  @Override
  public void reset(Connection connection, ConnectionDefinition definition, Purpose purpose)
      throws SQLException {
    SessionSettings.run(connection, "ROLLBACK");
    connection.setAutoCommit(true);
    if (connection.getCatalog() == null || !connection.getCatalog().equals(definition.database())) {
      connection.setCatalog(definition.database());
    }
    prepare(connection, definition, purpose);
  }

  @Override
  public int fetchSize(int wanted) {
    return wanted;
  }
}
