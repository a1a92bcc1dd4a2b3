package dev.sluice.gateway.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/// DuckDB. No files, no network, no extensions, and the configuration cannot be changed back.
final class DuckDbProfile implements EngineProfile {

  @Override
  public String driverClass() {
    return "org.duckdb.DuckDBDriver";
  }

  @Override
  public String url(ConnectionDefinition definition) {
    return "jdbc:duckdb:" + definition.database();
  }

  @Override
  public Properties properties(
      ConnectionDefinition definition, DatabaseLogin login, Purpose purpose) {
    Properties properties = new Properties();
    definition.properties().forEach(properties::setProperty);
    properties.setProperty("jdbc_stream_results", "true");
    return properties;
  }

  @Override
  public void prepare(Connection connection, ConnectionDefinition definition, Purpose purpose)
      throws SQLException {
    // Settings belong to the file's one instance in this process: the second session finds them
    // locked already, and only checks.
    if (!locked(connection)) {
      SessionSettings.run(
          connection,
          "SET autoinstall_known_extensions = false",
          "SET autoload_known_extensions = false",
          "SET enable_external_access = false",
          "SET lock_configuration = true");
    }
    verify(connection, definition);
  }

  private static boolean locked(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT current_setting('lock_configuration')")) {
      return row.next() && row.getBoolean(1);
    }
  }

  @Override
  public void verify(Connection connection, ConnectionDefinition definition) throws SQLException {
    SessionSettings.expect(
        connection,
        "SELECT current_setting('enable_external_access')::VARCHAR AS enable_external_access, "
            + "current_setting('lock_configuration')::VARCHAR AS lock_configuration, "
            + "current_schema() AS current_schema",
        Map.of(
            "enable_external_access", "false",
            "lock_configuration", "true",
            "current_schema", "main"));
  }

  @Override
  public void begin(Connection connection, boolean readOnly) throws SQLException {
    if (readOnly) {
      SessionSettings.run(connection, "BEGIN TRANSACTION READ ONLY");
    } else {
      connection.setAutoCommit(false);
    }
  }

  @Override
  public void beginOwn(Connection connection, Purpose purpose) throws SQLException {
    connection.setAutoCommit(true);
  }

  @Override
  public boolean hasReadOnlyFlag() {
    return false;
  }

  @Override
  public void reset(Connection connection, ConnectionDefinition definition, Purpose purpose)
      throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
      connection.setAutoCommit(true);
    }
    try {
      SessionSettings.run(connection, "ROLLBACK");
    } catch (SQLException e) {
      if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
        throw e;
      }
    }
  }

  @Override
  public int fetchSize(int wanted) {
    return 0;
  }
}
