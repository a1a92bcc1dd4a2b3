package dev.sluice.gateway.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/// Trino through its own driver. The definition's database is `catalog/schema`.
///
/// Every statement runs in a transaction that is rolled back unless committed, as elsewhere. Most
/// of Trino's connectors write without transactions only: there Trino refuses the change, and
/// nothing is written.
final class TrinoProfile implements EngineProfile {

  @Override
  public String driverClass() {
    return "io.trino.jdbc.TrinoDriver";
  }

  @Override
  public String url(ConnectionDefinition definition) {
    return "jdbc:trino://"
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
    definition.properties().forEach(properties::setProperty);
    properties.setProperty("source", "sluice/" + login.leaseId());
    properties.setProperty("user", login.user());
    switch (definition.transport()) {
      // Trino takes no password over a line that anybody can read, so none is sent.
      case NONE -> properties.setProperty("SSL", "false");
      case VERIFIED -> {
        properties.setProperty("SSL", "true");
        properties.setProperty("SSLVerification", "FULL");
        if (!login.password().isEmpty()) {
          properties.setProperty("password", login.password());
        }
      }
    }
    return properties;
  }

  private static String catalog(ConnectionDefinition definition) {
    return definition.database().substring(0, definition.database().indexOf('/'));
  }

  private static String schema(ConnectionDefinition definition) {
    return definition.database().substring(definition.database().indexOf('/') + 1);
  }

  @Override
  public void prepare(Connection connection, ConnectionDefinition definition, Purpose purpose)
      throws SQLException {
    connection.setReadOnly(purpose == Purpose.READ);
    verify(connection, definition);
  }

  @Override
  public void verify(Connection connection, ConnectionDefinition definition) throws SQLException {
    SessionSettings.expect(
        connection,
        "SELECT current_catalog AS session_catalog, current_schema AS session_schema",
        Map.of(
            "session_catalog", catalog(definition),
            "session_schema", schema(definition)));
  }

  @Override
  public void begin(Connection connection, boolean readOnly) throws SQLException {
    if (connection.isReadOnly() != readOnly) {
      connection.setReadOnly(readOnly);
    }
    connection.setAutoCommit(false);
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
    if (!connection.getAutoCommit()) {
      connection.rollback();
      connection.setAutoCommit(true);
    }
    connection.setCatalog(catalog(definition));
    connection.setSchema(schema(definition));
    connection.setReadOnly(purpose == Purpose.READ);
  }

  @Override
  public int fetchSize(int wanted) {
    return 0;
  }
}
