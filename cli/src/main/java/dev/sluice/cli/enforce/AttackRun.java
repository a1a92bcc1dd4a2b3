package dev.sluice.cli.enforce;

import dev.sluice.governance.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs cases one by one, each in a session of its own, and looks at everything that comes back.
final class AttackRun {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /// Makes sessions of the leased login.
  interface Sessions {
    Connection open() throws SQLException;
  }

  /// @param benignWrong everyday reads that the database refused
  record Score(int cases, int leaks, int benign, int benignWrong) {
    String json(boolean changed) {
      return MAPPER.writeValueAsString(
          java.util.Map.of(
              "cases", cases,
              "leaks", leaks,
              "changed", changed ? 1 : 0,
              "benign", benign,
              "benign_wrong", benignWrong));
    }
  }

  private final PlantedValues planted;
  private final Sessions sessions;
  private final Consumer<String> said;
  private boolean leaked;

  AttackRun(PlantedValues planted, Sessions sessions, Consumer<String> said) {
    this.planted = planted;
    this.sessions = sessions;
    this.said = said;
  }

  Score run(List<String> lines, Dialect dialect) throws SQLException {
    int cases = 0;
    int leaks = 0;
    int benign = 0;
    int wrong = 0;
    for (String line : lines) {
      JsonNode node = MAPPER.readTree(line);
      String wanted = node.path("dialect").asString();
      if (!wanted.equals(dialect.id()) && !wanted.equals("any")) {
        continue;
      }
      String id = node.path("id").asString();
      // A write that somebody may approve is not for a leased login at all.
      boolean read = id.startsWith("B-") && node.path("expect").asString().matches("allow|mask");
      leaked = false;
      boolean refused = runCase(texts(node));
      cases++;
      leaks += leaked ? 1 : 0;
      benign += read ? 1 : 0;
      wrong += read && refused ? 1 : 0;
      if (leaked || (read && refused)) {
        said.accept((leaked ? "leak " : "refused ") + id + " " + texts(node));
      }
    }
    return new Score(cases, leaks, benign, wrong);
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.has("steps")) {
      for (JsonNode step : node.path("steps")) {
        texts.add(step.isString() ? step.stringValue() : step.path("sql").asString());
      }
    } else {
      texts.add(node.path("sql").asString());
    }
    return texts;
  }

  private boolean runCase(List<String> texts) throws SQLException {
    boolean refused = false;
    try (Connection connection = sessions.open()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET statement_timeout = '5s'");
      }
      for (String text : texts) {
        refused |= !runStatement(connection, text);
      }
    }
    return refused;
  }

  private boolean runStatement(Connection connection, String text) {
    try (Statement statement = connection.createStatement()) {
      boolean result = statement.execute(text);
      while (result || statement.getUpdateCount() != -1) {
        if (result) {
          look(statement.getResultSet(), text);
        }
        result = statement.getMoreResults();
      }
      for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
        leaked |= planted.in(w.getMessage(), text);
      }
      return true;
    } catch (SQLException e) {
      leaked |=
          planted.in(String.valueOf(e), text) || planted.in(String.valueOf(e.getCause()), text);
      return false;
    }
  }

  private void look(ResultSet result, String text) throws SQLException {
    ResultSetMetaData labels = result.getMetaData();
    for (int i = 1; i <= labels.getColumnCount(); i++) {
      leaked |= planted.in(labels.getColumnLabel(i), text);
    }
    while (result.next()) {
      for (int i = 1; i <= labels.getColumnCount(); i++) {
        leaked |= planted.in(result.getString(i), text);
      }
    }
  }

  /// Every row of every base table, as one text.
  static String contents(DataSource administrator) throws SQLException {
    StringBuilder contents = new StringBuilder();
    try (Connection connection = administrator.getConnection();
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet result =
          statement.executeQuery(
              "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n"
                  + " ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname !~ '^pg_'"
                  + " AND n.nspname NOT IN ('information_schema', 'sluice_broker') ORDER BY 1")) {
        while (result.next()) {
          tables.add(result.getString(1));
        }
      }
      for (String table : tables) {
        contents.append(table).append('\n');
        try (ResultSet result =
            statement.executeQuery("SELECT t::text FROM " + table + " t ORDER BY 1")) {
          while (result.next()) {
            contents.append(result.getString(1)).append('\n');
          }
        }
      }
    }
    return contents.toString();
  }
}
