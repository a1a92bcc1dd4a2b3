package dev.sluice.gateway.connection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/// Small helpers that every profile needs.
final class SessionSettings {

  private SessionSettings() {}

  static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  /// Compares the one row of a query, column by column, with what is expected by label.
  static void expect(Connection connection, String query, Map<String, String> expected)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      if (!row.next()) {
        throw new SessionNotPinned("all", "present", "nothing");
      }
      for (Map.Entry<String, String> setting : expected.entrySet()) {
        String found = row.getString(setting.getKey());
        if (!setting.getValue().equals(found)) {
          throw new SessionNotPinned(setting.getKey(), setting.getValue(), String.valueOf(found));
        }
      }
      // Read to its end: Trino counts what is closed before as cancelled.
      row.next();
    }
  }
}
