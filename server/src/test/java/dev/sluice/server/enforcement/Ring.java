package dev.sluice.server.enforcement;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A plain client that holds nothing but a leased login, and looks for planted values in everything
/// that comes back: cells, labels, errors and warnings.
final class Ring {

  /// What the fixtures plant in sensitive columns.
  private static final Pattern PLANTED =
      Pattern.compile(
          "zqplant|771-55-|555000[0-9]{10}|XK05ZQ|8811[0-9]|\\+99-0-77", Pattern.CASE_INSENSITIVE);

  private final List<String> leaks = new ArrayList<>();
  private int ran;
  private int refused;

  List<String> leaks() {
    return leaks;
  }

  int ran() {
    return ran;
  }

  int refused() {
    return refused;
  }

  /// @return empty when it ran, else SQLSTATE and message
  String run(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      boolean result = statement.execute(sql);
      if (result) {
        read(statement.getResultSet(), sql);
      }
      for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
        check(w.getMessage(), sql);
      }
      ran++;
      return "";
    } catch (SQLException e) {
      check(String.valueOf(e), sql);
      check(String.valueOf(e.getCause()), sql);
      refused++;
      return e.getSQLState() + " " + e.getMessage();
    }
  }

  private void read(ResultSet result, String sql) throws SQLException {
    ResultSetMetaData labels = result.getMetaData();
    for (int i = 1; i <= labels.getColumnCount(); i++) {
      check(labels.getColumnLabel(i), sql);
    }
    while (result.next()) {
      for (int i = 1; i <= labels.getColumnCount(); i++) {
        check(result.getString(i), sql);
      }
    }
  }

  /// A value that the statement itself names was not learnt from the database.
  private void check(@Nullable String text, String sql) {
    if (text == null) {
      return;
    }
    Matcher planted = PLANTED.matcher(text);
    while (planted.find()) {
      if (!sql.contains(planted.group())) {
        leaks.add(sql + " -> " + text);
        return;
      }
    }
  }
}
