package dev.sluice.server;

import dev.sluice.server.store.StoreConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// A real PostgreSQL with a small shop in it, one for all tests of this module.
final class GovernedShop {

  private static final GovernedShop ONLY = new GovernedShop();

  private final EmbeddedPostgres postgres;

  private GovernedShop() {
    try {
      this.postgres = EmbeddedPostgres.builder().start();
      execute(
          "CREATE TABLE customers (id int PRIMARY KEY, name text, email text, ssn text)",
          "INSERT INTO customers SELECT n, 'name ' || n, 'person' || n || '@acme.test',"
              + " '900-11-' || (1000 + n) FROM generate_series(1, 50) n",
          "CREATE TABLE orders (id int PRIMARY KEY, customer_id int, status text, total numeric)",
          "INSERT INTO orders SELECT n, n % 50 + 1, 'open', n FROM generate_series(1, 200) n");
      Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static GovernedShop running() {
    return ONLY;
  }

  int port() {
    return postgres.getPort();
  }

  void execute(String... statements) {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
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
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The first column of the first row, of another database.
  static String value(StoreConfig.PostgreSql store, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(store.url(), store.user(), store.password());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  private void stop() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
