package dev.sluice.server.enforcement;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// What must not change behind a plan applied to MariaDB, as lines of text.
final class MariadbState {

  private MariadbState() {}

  static String read(Connection connection, String brokerDatabase) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT `" + brokerDatabase + "`.state()");
        ResultSet result = statement.executeQuery()) {
      return result.next() ? String.valueOf(result.getString(1)) : "";
    }
  }
}
