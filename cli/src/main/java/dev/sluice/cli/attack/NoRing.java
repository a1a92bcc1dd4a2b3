package dev.sluice.cli.attack;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Nothing between the attacker and the database: what the same cases do there says whether they
/// prove anything about a ring that stops them.
record NoRing(Ground ground) implements Ring {

  /// What is meant to keep a database busy is ended.
  private static final int SECONDS = 10;

  @Override
  public void attack(Tried tried) throws SQLException {
    try (Connection connection = ground.administrator().getConnection();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(SECONDS);
      for (String text : tried.attack().texts()) {
        if (statement.execute(text)) {
          look(tried, statement.getResultSet());
        }
      }
    } catch (SQLException e) {
      tried.look("an error", e.getMessage());
    }
  }

  private static void look(Tried tried, ResultSet rows) throws SQLException {
    while (rows.next()) {
      for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
        tried.cell(column - 1, rows.getString(column));
      }
    }
    tried.endOfResult();
  }

  @Override
  public void close() {}
}
