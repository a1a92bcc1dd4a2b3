package dev.sluice.gateway.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/// SQLite. A session for reads opens the file read-only; views and triggers of an untrusted schema
/// cannot call functions with side effects; nothing can be attached or loaded.
final class SqliteProfile implements EngineProfile {

  private static final int OPEN_READONLY = 0x1;
  private static final int OPEN_READWRITE = 0x2;
  private static final int OPEN_PRIVATECACHE = 0x40000;

  @Override
  public String driverClass() {
    return "org.sqlite.JDBC";
  }

  @Override
  public String url(ConnectionDefinition definition) {
    return "jdbc:sqlite:" + definition.database();
  }

  @Override
  public Properties properties(
      ConnectionDefinition definition, DatabaseLogin login, Purpose purpose) {
    Properties properties = new Properties();
    properties.setProperty("busy_timeout", "5000");
    definition.properties().forEach(properties::setProperty);
    properties.setProperty("enable_load_extension", "false");
    properties.setProperty("limit_attached", "0");
    // The driver has both spellings of the same mode: its flag and its own field must agree.
    int mode = purpose == Purpose.READ ? OPEN_READONLY : OPEN_READWRITE;
    properties.setProperty("open_mode", Integer.toString(mode | OPEN_PRIVATECACHE));
    return properties;
  }

  @Override
  public void prepare(Connection connection, ConnectionDefinition definition, Purpose purpose)
      throws SQLException {
    SessionSettings.run(connection, "PRAGMA trusted_schema = OFF", "PRAGMA foreign_keys = ON");
    if (purpose == Purpose.READ) {
      SessionSettings.run(connection, "PRAGMA query_only = ON");
    }
    verify(connection, definition);
  }

  @Override
  public void verify(Connection connection, ConnectionDefinition definition) throws SQLException {
    SessionSettings.expect(connection, "PRAGMA trusted_schema", Map.of("trusted_schema", "0"));
    SessionSettings.expect(connection, "PRAGMA encoding", Map.of("encoding", "UTF-8"));
  }

  @Override
  public void begin(Connection connection, boolean readOnly) throws SQLException {
    if (readOnly) {
      SessionSettings.run(connection, "PRAGMA query_only = ON");
    } else {
      SessionSettings.run(connection, "PRAGMA query_only = OFF");
      connection.setAutoCommit(false);
    }
  }

  @Override
  public void beginOwn(Connection connection, Purpose purpose) throws SQLException {
    connection.setAutoCommit(true);
    SessionSettings.run(
        connection, "PRAGMA query_only = " + (purpose == Purpose.READ ? "ON" : "OFF"));
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
    try {
      SessionSettings.run(connection, "ROLLBACK");
    } catch (SQLException e) {
      // The usual case: nothing is open. A transaction that is still open fails the check below.
      if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
        throw e;
      }
    }
    SessionSettings.run(connection, "PRAGMA query_only = ON");
  }

  @Override
  public int fetchSize(int wanted) {
    return 0;
  }
}
