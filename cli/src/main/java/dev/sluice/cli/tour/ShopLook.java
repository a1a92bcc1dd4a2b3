package dev.sluice.cli.tour;

import dev.sluice.cli.demo.DemoWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// An administrator's look behind the window: what the database really holds and was really sent.
final class ShopLook {

  private final DemoWorld world;
  private final long logStart;

  ShopLook(DemoWorld world) throws IOException {
    this.world = world;
    this.logStart = Files.exists(world.databaseLog()) ? Files.size(world.databaseLog()) : 0;
  }

  /// One value.
  String value(String query) throws SQLException {
    try (Connection connection = world.lookIntoShop();
        Statement statement = connection.createStatement()) {
      statement.execute("SET log_statement = 'none'");
      try (ResultSet row = statement.executeQuery(query)) {
        TourFailure.unless(row.next(), "The database has no answer to " + query);
        return String.valueOf(row.getString(1));
      }
    }
  }

  /// Puts the demo back to where the tour begins.
  void change(String text) throws SQLException {
    try (Connection connection = world.lookIntoShop();
        Statement statement = connection.createStatement()) {
      statement.execute("SET log_statement = 'none'");
      statement.execute(text);
    }
  }

  /// The database's own log since this object was made.
  String log() throws IOException {
    byte[] bytes = Files.readAllBytes(world.databaseLog());
    int from = (int) Math.min(logStart, bytes.length);
    return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
  }
}
