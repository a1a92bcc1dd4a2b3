package dev.sluice.server.credentials;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionPool;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.connection.EngineProfile;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.Ids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Roles on PostgreSQL. Every leased role is a member of one group role that may only read; reading
/// is all that is ever granted to it.
final class PostgreSqlIssuer implements LoginIssuer, AutoCloseable {

  private static final String PREFIX = "slu_";
  private static final int CONNECTIONS = Leases.CONNECTIONS;
  private static final int LONGEST_ACCOUNT = 40;

  private final ConnectionPool pool;
  private final List<String> schemas;
  private final String database;
  private final String group;
  private boolean groupReady;

  PostgreSqlIssuer(ConnectionDefinition definition, DatabaseLogin issuer, List<String> schemas) {
    this.pool =
        new ConnectionPool(
            definition, issuer, EngineProfile.Purpose.WRITE, 2, Duration.ofSeconds(5));
    this.schemas = schemas;
    this.database = definition.database();
    this.group = "sluice_readers_" + definition.database().toLowerCase(Locale.ROOT);
  }

  @Override
  public Issued issue(String leaseId, Actor actor, Instant until) throws IssueFailed {
    String name = PREFIX + readable(actor.principal().subject()) + "_" + leaseId.substring(0, 8);
    String password = Ids.secret();
    run(
        connection -> {
          readyGroup(connection);
          execute(
              connection,
              "CREATE ROLE "
                  + quoted(name)
                  + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT"
                  + " CONNECTION LIMIT "
                  + CONNECTIONS
                  + " VALID UNTIL "
                  + literal(until)
                  + " PASSWORD "
                  + literal(ScramVerifier.of(password))
                  + " IN ROLE "
                  + quoted(group));
          // Since PostgreSQL 16, who makes a role may not end its sessions unless it has its
          // rights.
          execute(connection, "GRANT " + quoted(name) + " TO CURRENT_USER");
          execute(
              connection, "ALTER ROLE " + quoted(name) + " SET default_transaction_read_only = on");
          execute(connection, "ALTER ROLE " + quoted(name) + " SET statement_timeout = '5min'");
          return 0;
        });
    return new Issued(new DatabaseLogin(leaseId, name, password), database, "", List.of());
  }

  @Override
  public void renew(String login, Actor actor, Instant until) throws IssueFailed {
    run(
        connection ->
            execute(connection, "ALTER ROLE " + quoted(login) + " VALID UNTIL " + literal(until)));
  }

  @Override
  public void drop(String login) throws IssueFailed {
    if (!login.startsWith(PREFIX)) {
      throw new IssueFailed("42501");
    }
    run(
        connection -> {
          if (!exists(connection, login)) {
            return 0;
          }
          execute(connection, "ALTER ROLE " + quoted(login) + " NOLOGIN");
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity"
                      + " WHERE usename = ?")) {
            statement.setString(1, login);
            statement.execute();
          }
          execute(connection, "DROP OWNED BY " + quoted(login));
          return execute(connection, "DROP ROLE IF EXISTS " + quoted(login));
        });
  }

  @Override
  public Set<String> issued() throws IssueFailed {
    Set<String> names = new TreeSet<>();
    run(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT r.rolname FROM pg_auth_members m"
                      + " JOIN pg_roles r ON r.oid = m.member"
                      + " JOIN pg_roles g ON g.oid = m.roleid"
                      + " WHERE g.rolname = ? AND r.rolname LIKE 'slu\\_%'")) {
            statement.setString(1, group);
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                names.add(rows.getString(1));
              }
            }
          }
          return names.size();
        });
    return names;
  }

  private synchronized void readyGroup(Connection connection) throws SQLException {
    if (groupReady) {
      return;
    }
    // Another server over the same database may be at it: both would create the role, or change the
    // same grants, and one would fail.
    String lock = "(hashtext('" + group.replace("'", "''") + "'))";
    query(connection, "SELECT pg_advisory_lock" + lock);
    try {
      makeGroup(connection);
    } finally {
      query(connection, "SELECT pg_advisory_unlock" + lock);
    }
    groupReady = true;
  }

  private void makeGroup(Connection connection) throws SQLException {
    if (!exists(connection, group)) {
      execute(connection, "CREATE ROLE " + quoted(group) + " NOLOGIN");
    }
    for (String schema : schemas) {
      String name = quoted(schema);
      execute(connection, "GRANT USAGE ON SCHEMA " + name + " TO " + quoted(group));
      execute(connection, "GRANT SELECT ON ALL TABLES IN SCHEMA " + name + " TO " + quoted(group));
      execute(
          connection,
          "ALTER DEFAULT PRIVILEGES IN SCHEMA "
              + name
              + " GRANT SELECT ON TABLES TO "
              + quoted(group));
    }
  }

  private static void query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery(sql).close();
    }
  }

  private static boolean exists(Connection connection, String role) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT 1 FROM pg_roles WHERE rolname = ?")) {
      statement.setString(1, role);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private static int execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private void run(Task task) throws IssueFailed {
    Connection connection;
    try {
      connection = pool.borrow();
    } catch (SQLException e) {
      throw new IssueFailed("08001");
    }
    try {
      task.on(connection);
      pool.giveBack(connection);
    } catch (SQLException e) {
      pool.throwAway(connection);
      throw new IssueFailed(String.valueOf(e.getSQLState()));
    }
  }

  private static String readable(String account) {
    String plain = account.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    return plain.length() > LONGEST_ACCOUNT ? plain.substring(0, LONGEST_ACCOUNT) : plain;
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String literal(Instant until) {
    return literal(until.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  @Override
  public void close() {
    pool.close();
  }

  private interface Task {
    int on(Connection connection) throws SQLException;
  }
}
