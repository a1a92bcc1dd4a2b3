package dev.sluice.app.results;

import dev.sluice.governance.sql.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads what an engine answers to EXPLAIN as a tree: the JSON of PostgreSQL, MariaDB, MySQL and
/// DuckDB, the rows of SQLite. What is not understood is left as the text it came as.
final class PlanReader {

  private static final Set<String> POSTGRESQL_DETAILS =
      Set.of(
          "Relation Name",
          "Alias",
          "Index Name",
          "Filter",
          "Index Cond",
          "Hash Cond",
          "Merge Cond",
          "Join Filter",
          "Recheck Cond",
          "Sort Key",
          "Group Key",
          "Join Type",
          "Strategy");

  private PlanReader() {}

  /// What to send to learn the plan of a statement without running it.
  static Optional<String> question(Dialect engine, String statement) {
    return switch (engine) {
      case POSTGRESQL -> Optional.of("EXPLAIN (FORMAT JSON) " + statement);
      case MARIADB, MYSQL -> Optional.of("EXPLAIN FORMAT=JSON " + statement);
      case SQLITE -> Optional.of("EXPLAIN QUERY PLAN " + statement);
      case DUCKDB -> Optional.of("EXPLAIN (FORMAT JSON) " + statement);
      case SQLSERVER, TRINO, ANSI -> Optional.empty();
    };
  }

  /// Whether a statement asks for a plan.
  static boolean isQuestion(String statement) {
    return statement.strip().toUpperCase(Locale.ROOT).startsWith("EXPLAIN");
  }

  static Optional<PlanNode> read(Dialect engine, GridModel answer) {
    if (answer.rows() == 0 || answer.rows() > 10_000) {
      return Optional.empty();
    }
    if (engine == Dialect.SQLITE) {
      return answer.width() >= 4 ? Optional.of(sqlite(answer)) : Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < answer.rows(); row++) {
      text.append(answer.text(row, answer.width() - 1)).append('\n');
    }
    return ValueForms.json(text.toString())
        .flatMap(
            json ->
                switch (engine) {
                  case POSTGRESQL -> postgresql(json);
                  case MARIADB, MYSQL -> Optional.of(mysql("query", json, 0));
                  case DUCKDB -> duckdb(json);
                  case SQLITE, SQLSERVER, TRINO, ANSI -> Optional.empty();
                });
  }

  private static Optional<PlanNode> postgresql(JsonNode json) {
    JsonNode plan =
        json.isArray() && !json.isEmpty() ? json.get(0).path("Plan") : json.path("Plan");
    return plan.isObject() ? Optional.of(postgresqlStep(plan)) : Optional.empty();
  }

  private static PlanNode postgresqlStep(JsonNode step) {
    List<PlanNode> children = new ArrayList<>();
    step.path("Plans").forEach(child -> children.add(postgresqlStep(child)));
    List<String> details = new ArrayList<>();
    for (var entry : step.properties()) {
      if (POSTGRESQL_DETAILS.contains(entry.getKey())) {
        details.add(entry.getKey() + ": " + plain(entry.getValue()));
      }
    }
    return new PlanNode(
        step.path("Node Type").asString(""),
        String.join("  ·  ", details),
        step.path("Total Cost").asDouble(-1),
        step.path("Plan Rows").asDouble(-1),
        children);
  }

  private static Optional<PlanNode> duckdb(JsonNode json) {
    JsonNode first = json.isArray() && !json.isEmpty() ? json.get(0) : json;
    return first.isObject() ? Optional.of(duckdbStep(first)) : Optional.empty();
  }

  private static PlanNode duckdbStep(JsonNode step) {
    List<PlanNode> children = new ArrayList<>();
    step.path("children").forEach(child -> children.add(duckdbStep(child)));
    List<String> details = new ArrayList<>();
    double rows = -1;
    for (var entry : step.path("extra_info").properties()) {
      if (entry.getKey().equals("Estimated Cardinality")) {
        rows = number(plain(entry.getValue()));
      } else {
        details.add(entry.getKey() + ": " + plain(entry.getValue()));
      }
    }
    String title = step.path("name").asString("").strip();
    return new PlanNode(title, String.join("  ·  ", details), -1, rows, children);
  }

  /// MySQL and MariaDB name the steps by keys; objects below an object are its steps.
  private static PlanNode mysql(String name, JsonNode step, int depth) {
    List<PlanNode> children = new ArrayList<>();
    List<String> details = new ArrayList<>();
    double cost = -1;
    double rows = -1;
    for (var entry : step.properties()) {
      String key = entry.getKey();
      JsonNode value = entry.getValue();
      switch (key) {
        case "query_cost", "prefix_cost", "cost" -> cost = number(plain(value));
        case "rows", "rows_examined_per_scan", "rows_produced_per_join" ->
            rows = number(plain(value));
        case "cost_info" ->
            cost =
                number(
                    plain(
                        value.path("prefix_cost").isMissingNode()
                            ? value.path("query_cost")
                            : value.path("prefix_cost")));
        case "table_name", "access_type", "key", "attached_condition", "message", "select_id" ->
            details.add(key + ": " + plain(value));
        default -> {
          if (depth < 60 && value.isObject()) {
            children.add(mysql(key, value, depth + 1));
          } else if (depth < 60 && value.isArray() && !value.isEmpty() && value.get(0).isObject()) {
            value.forEach(each -> children.add(mysql(key, each, depth + 1)));
          }
        }
      }
    }
    if (children.size() == 1 && details.isEmpty() && cost < 0) {
      return children.getFirst();
    }
    return new PlanNode(
        name.replace('_', ' '), String.join("  ·  ", details), cost, rows, children);
  }

  private static PlanNode sqlite(GridModel answer) {
    Map<String, List<Integer>> byParent = new LinkedHashMap<>();
    for (int row = 0; row < answer.rows(); row++) {
      byParent.computeIfAbsent(answer.text(row, 1), key -> new ArrayList<>()).add(row);
    }
    return new PlanNode("QUERY PLAN", "", -1, -1, sqliteSteps("0", byParent, answer, 0));
  }

  private static List<PlanNode> sqliteSteps(
      String parent, Map<String, List<Integer>> byParent, GridModel answer, int depth) {
    List<PlanNode> steps = new ArrayList<>();
    for (int row : byParent.getOrDefault(parent, List.of())) {
      String id = answer.text(row, 0);
      List<PlanNode> below =
          depth > 60 || id.equals(parent)
              ? List.of()
              : sqliteSteps(id, byParent, answer, depth + 1);
      steps.add(new PlanNode(answer.text(row, 3), "", -1, -1, below));
    }
    return steps;
  }

  private static String plain(JsonNode value) {
    if (value.isArray()) {
      List<String> parts = new ArrayList<>();
      value.forEach(part -> parts.add(plain(part)));
      return String.join(", ", parts);
    }
    return value.isString() ? value.stringValue() : value.toString();
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text.replace("~", "").replace(",", "").strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
