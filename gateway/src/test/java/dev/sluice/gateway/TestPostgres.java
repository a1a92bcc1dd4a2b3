package dev.sluice.gateway;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionDefinition.Transport;
import dev.sluice.gateway.connection.ConnectionPool;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.connection.EngineProfile.Purpose;
import dev.sluice.governance.sql.Dialect;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/// One real PostgreSQL for all tests of this process.
public final class TestPostgres {

  private static final EmbeddedPostgres SERVER = start();

  private TestPostgres() {}

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server = EmbeddedPostgres.builder().start();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      server.close();
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  }));
      return server;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// A new database with what the statements make of it.
  public static ConnectionDefinition database(String name, String... statements)
      throws SQLException {
    try (Connection admin = SERVER.getPostgresDatabase().getConnection();
        Statement statement = admin.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
      statement.execute("CREATE DATABASE " + name);
    }
    try (Connection connection = SERVER.getDatabase("postgres", name).getConnection();
        Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
    return ConnectionDefinition.server(
        "shop", Dialect.POSTGRESQL, "127.0.0.1", SERVER.getPort(), name, Transport.NONE);
  }

  public static ConnectionPool pool(ConnectionDefinition definition, Purpose purpose) {
    return new ConnectionPool(
        definition,
        new DatabaseLogin("lease-1", "postgres", "postgres"),
        purpose,
        4,
        Duration.ofSeconds(10));
  }

  /// An ungoverned connection, to look at what is really there.
  public static Connection raw(ConnectionDefinition definition) throws SQLException {
    return SERVER.getDatabase("postgres", definition.database()).getConnection();
  }
}
