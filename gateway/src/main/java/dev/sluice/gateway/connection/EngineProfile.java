package dev.sluice.gateway.connection;

import dev.sluice.governance.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/// What is particular to one engine's driver and sessions. Stateless.
public interface EngineProfile {

  /// The JDBC driver's class name.
  String driverClass();

  /// The driver URL, made of checked parts only.
  String url(ConnectionDefinition definition);

  /// Driver properties: hardening first, the definition's listed ones after, the login last.
  Properties properties(ConnectionDefinition definition, DatabaseLogin login, Purpose purpose);

  /// Hardens and pins a new session.
  void prepare(Connection connection, ConnectionDefinition definition, Purpose purpose)
      throws SQLException;

  /// Checks that what changes lexing and naming is as pinned.
  ///
  /// @throws SessionNotPinned when it is not; the session must then be thrown away
  void verify(Connection connection, ConnectionDefinition definition) throws SQLException;

  /// Starts the transaction of one statement.
  void begin(Connection connection, boolean readOnly) throws SQLException;

  /// Ends the transaction of one statement, undoing what was not committed.
  default void end(Connection connection) throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
  }

  /// Makes the session ready for a transaction of the person's own, which a statement opens.
  void beginOwn(Connection connection, Purpose purpose) throws SQLException;

  /// Called when a transaction of the person's own was opened or ended by a statement.
  default void ownTransaction(Connection connection, boolean open) throws SQLException {
    // Most drivers do not care who opened it.
  }

  /// Whether sessions for reads carry the driver's read-only flag.
  boolean hasReadOnlyFlag();

  /// Undoes whatever is open, and forgets what earlier statements left in the session.
  void reset(Connection connection, ConnectionDefinition definition, Purpose purpose)
      throws SQLException;

  /// Rows should be streamed with this fetch size; 0 when the driver streams by itself.
  int fetchSize(int wanted);

  /// The profile of an engine.
  ///
  /// @throws IllegalArgumentException for an engine that sessions cannot be pinned for
  static EngineProfile of(Dialect engine) {
    return switch (engine) {
      case POSTGRESQL -> new PostgreSqlProfile();
      case SQLITE -> new SqliteProfile();
      case DUCKDB -> new DuckDbProfile();
      case MARIADB, MYSQL -> new MariaDbProfile();
      case TRINO -> new TrinoProfile();
      case SQLSERVER, ANSI ->
          throw new IllegalArgumentException(
              "Sessions of " + engine.id() + " are not governed yet, so nothing runs there.");
    };
  }

  /// What a session is for.
  enum Purpose {
    /// Reads only; the session cannot write.
    READ,
    /// May change data, after the core said so.
    WRITE
  }
}
