package dev.sluice.cli.tour;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/// Looks at the production database past the product: what is in it, and what it was sent.
final class DatabaseWitness {

  private final TourStage stage;
  private final long logStart;

  DatabaseWitness(TourStage stage) throws IOException {
    this.stage = stage;
    this.logStart = Files.exists(stage.databaseLog()) ? Files.size(stage.databaseLog()) : 0;
  }

  /// Puts the order back that the tour changes, so that the tour can be played again.
  void resetOrder(int id) throws SQLException {
    try (Connection connection = stage.database();
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE orders SET status = 'paid' WHERE id = " + id);
    }
  }

  String orderStatus(int id) throws SQLException {
    return single("SELECT status FROM orders WHERE id = " + id);
  }

  String orderCount() throws SQLException {
    return single("SELECT count(*) FROM orders");
  }

  /// Every raw value of a column.
  Set<String> values(String table, String column) throws SQLException {
    Set<String> values = new HashSet<>();
    try (Connection connection = stage.database();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + column + " FROM " + table)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  /// How often the database was sent a text since the tour began, by anybody but the witness.
  long timesSent(String text) throws IOException {
    Path log = stage.databaseLog();
    if (!Files.exists(log)) {
      throw new TourFailure("The database keeps no log.");
    }
    byte[] all = Files.readAllBytes(log);
    int from = (int) Math.min(logStart, all.length);
    String since = new String(all, from, all.length - from, StandardCharsets.UTF_8);
    return since.lines().filter(line -> line.contains(text)).count();
  }

  private String single(String sql) throws SQLException {
    try (Connection connection = stage.database();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        throw new TourFailure("The database has no answer to: " + sql);
      }
      return rows.getString(1);
    }
  }
}
