package dev.sluice.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import org.openjdk.jmh.infra.Blackhole;

/// JDBC as a careful program uses it: a cursor of 1000 rows at a time, each value read in its own
/// type, one transaction a statement.
final class JdbcRoad implements Road {

  private static final int FETCH_ROWS = 1000;

  private final Connection connection;
  private final AutoCloseable owner;

  /// @param owner is closed with it
  JdbcRoad(Connection connection, AutoCloseable owner) throws SQLException {
    this.connection = connection;
    this.owner = owner;
    connection.setAutoCommit(false);
  }

  static JdbcRoad raw() throws SQLException {
    return new JdbcRoad(DriverManager.getConnection(Shop.url(), Shop.USER, Shop.USER), () -> {});
  }

  @Override
  public void run(String sql, int expected, Blackhole blackhole) throws SQLException {
    int count = 0;
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          blackhole.consume(rows.getLong(1));
          blackhole.consume(rows.getString(2));
          blackhole.consume(rows.getString(3));
          blackhole.consume(rows.getString(4));
          blackhole.consume(rows.getString(5));
          blackhole.consume(rows.getBigDecimal(6));
          blackhole.consume(rows.getObject(7, LocalDateTime.class));
          blackhole.consume(rows.getBoolean(8));
          count++;
        }
      }
    }
    connection.rollback();
    if (count != expected) {
      throw new IllegalStateException(count + " rows came, not " + expected);
    }
  }

  /// A value as this road shows it.
  String read(String sql, int column) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(column));
    } finally {
      connection.rollback();
    }
  }

  @Override
  public void close() throws Exception {
    connection.close();
    owner.close();
  }
}
