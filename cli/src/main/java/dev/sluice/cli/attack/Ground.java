package dev.sluice.cli.attack;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.connection.UnpinnedDataSource;
import dev.sluice.governance.sql.Dialect;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/// A database that is attacked: started for it, thrown away afterwards.
interface Ground extends AutoCloseable {

  /// Name of the database, as fixtures call it.
  String DATABASE = "shop";

  Dialect engine();

  ConnectionDefinition definition();

  /// An administrator.
  DatabaseLogin login();

  default DataSource administrator() {
    return new UnpinnedDataSource(definition(), login());
  }

  /// Makes the tables.
  default void fill(List<String> statements) throws SQLException {
    try (Connection connection = administrator().getConnection();
        Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  @Override
  void close() throws IOException;

  /// Starts one.
  ///
  /// @throws NotHere when this machine lacks something
  static Ground start(Dialect engine) throws IOException, SQLException, NotHere {
    return switch (engine) {
      case POSTGRESQL -> PostgresGround.begin();
      case MARIADB, MYSQL -> MariadbGround.begin();
      case SQLITE, DUCKDB -> FileGround.begin(engine);
      case SQLSERVER, TRINO, ANSI -> throw new NotHere("No " + engine.id() + " can be started.");
    };
  }

  /// It cannot be tried on this machine, and why.
  final class NotHere extends Exception {
    NotHere(String message) {
      super(message);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }
}
