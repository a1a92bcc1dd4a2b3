package dev.sluice.bench;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionDefinition.Transport;
import dev.sluice.governance.sql.Dialect;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// The database that is measured: a real PostgreSQL on the loopback address, one table of 8
/// columns.
final class Shop implements AutoCloseable {

  static final int ROWS = 1_000_000;
  static final String USER = "postgres";
  static final String DATABASE = "postgres";

  /// Where benchmark processes find it.
  static final String PORT = "sluice.bench.port";

  private final EmbeddedPostgres server;

  private Shop(EmbeddedPostgres server) {
    this.server = server;
  }

  static Shop start() throws IOException, SQLException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("shared_buffers", "512MB")
            .setServerConfig("autovacuum", "off")
            .start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE UNLOGGED TABLE people (id bigint PRIMARY KEY, name text, email text, card text,"
              + " city text, amount numeric(12,2), seen timestamp, active boolean)");
      statement.execute(
          "INSERT INTO people SELECT i, 'Person ' || md5(i::text), 'person.' || i ||"
              + " '@example.test', '4' || lpad((i * 7919 % 1000000007)::text, 15, '0'),"
              + " (ARRAY['Berlin','Lyon','Porto','Turin','Gdansk','Leeds'])[1 + i % 6],"
              + " (i * 31 % 1000000)::numeric / 100, timestamp '2026-01-01' + i * interval '7"
              + " seconds', i % 3 = 0 FROM generate_series(1::bigint, "
              + ROWS
              + ") i");
      statement.execute("VACUUM ANALYZE people");
    } catch (SQLException e) {
      server.close();
      throw e;
    }
    return new Shop(server);
  }

  int port() {
    return server.getPort();
  }

  /// As seen by a benchmark's own process.
  static ConnectionDefinition definition() {
    return ConnectionDefinition.server(
        "shop",
        Dialect.POSTGRESQL,
        "127.0.0.1",
        Integer.getInteger(PORT),
        DATABASE,
        Transport.NONE);
  }

  static String url() {
    return "jdbc:postgresql://127.0.0.1:" + Integer.getInteger(PORT) + "/" + DATABASE;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
