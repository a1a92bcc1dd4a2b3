package dev.sluice.server;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionDefinition.Transport;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.governance.sql.Dialect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A database of its own on the tests' PostgreSQL that enforces the policy itself.
final class EnforcedShop {

  private final String database;
  private final boolean administrated;

  /// @param administrated the server may apply plans itself
  EnforcedShop(boolean administrated) {
    this.administrated = administrated;
    this.database =
        "e" + Ids.next().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "").substring(0, 12);
    GovernedShop.running().execute("CREATE DATABASE " + database);
    execute(
        "CREATE TABLE customers (id int PRIMARY KEY, name text, email text, ssn text, city text)",
        "INSERT INTO customers SELECT n, 'name ' || n, 'person' || n || '@acme.test',"
            + " '900-11-' || (1000 + n), 'Rome' FROM generate_series(1, 50) n",
        "CREATE TABLE orders (id int PRIMARY KEY, customer_id int, status text, total numeric)",
        "INSERT INTO orders SELECT n, n % 50 + 1, 'open', n FROM generate_series(1, 200) n",
        "CREATE VIEW contacts AS SELECT id, email AS contact FROM customers");
  }

  String database() {
    return database;
  }

  /// An administrator's session.
  Connection administrator() throws SQLException {
    return connect("postgres", "postgres");
  }

  Connection connect(String user, String password) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + GovernedShop.running().port() + "/" + database,
        user,
        password);
  }

  void execute(String... statements) {
    try (Connection connection = administrator();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The first column of the first row.
  String value(String sql) {
    try (Connection connection = administrator();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Target target() {
    return Target.enforced(
        ConnectionDefinition.server(
            "shop",
            Dialect.POSTGRESQL,
            "127.0.0.1",
            GovernedShop.running().port(),
            database,
            Transport.NONE),
        "production",
        "data-platform",
        new Enforcement(
            new DatabaseLogin("server", "sluice_" + database + "_broker", "broker0password"),
            new DatabaseLogin("server", "sluice_" + database + "_changer", "changer0password"),
            administrated
                ? Optional.of(new DatabaseLogin("server", "postgres", "postgres"))
                : Optional.empty(),
            Set.of("superuser:postgres")));
  }
}
