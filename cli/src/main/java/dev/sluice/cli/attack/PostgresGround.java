package dev.sluice.cli.attack;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionDefinition.Transport;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.governance.sql.Dialect;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// A real PostgreSQL on the loopback address.
record PostgresGround(EmbeddedPostgres server) implements Ground {

  static PostgresGround begin() throws IOException, SQLException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder().setServerConfig("listen_addresses", "127.0.0.1").start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + DATABASE);
    } catch (SQLException e) {
      server.close();
      throw e;
    }
    return new PostgresGround(server);
  }

  @Override
  public Dialect engine() {
    return Dialect.POSTGRESQL;
  }

  @Override
  public ConnectionDefinition definition() {
    return ConnectionDefinition.server(
        DATABASE, engine(), "127.0.0.1", server.getPort(), DATABASE, Transport.NONE);
  }

  @Override
  public DatabaseLogin login() {
    return new DatabaseLogin("attack", "postgres", "postgres");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
