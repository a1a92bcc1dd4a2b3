package dev.sluice.server.enforcement;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.TreeSet;

/// What must not change behind a plan applied to MariaDB, as lines of text.
final class MariadbState {

  private MariadbState() {}

  static String read(Connection connection, String brokerDatabase) throws SQLException {
    TreeSet<String> lines = new TreeSet<>();
    try (PreparedStatement statement =
            connection.prepareStatement("CALL `" + brokerDatabase + "`.state()");
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        lines.add(String.valueOf(result.getString(1)));
      }
    }
    return String.join("\n", lines);
  }
}
