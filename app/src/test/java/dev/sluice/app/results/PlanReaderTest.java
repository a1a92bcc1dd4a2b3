package dev.sluice.app.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.workspace.RunEvent.ResultColumn;
import dev.sluice.governance.sql.Dialect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanReaderTest {

  private static final String QUERY =
      "SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.id > 3 ORDER BY"
          + " 1";

  private static GridModel answer(String url, Dialect engine) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT)");
      statement.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER)");
      try (ResultSet rows =
          statement.executeQuery(PlanReader.question(engine, QUERY).orElseThrow())) {
        int width = rows.getMetaData().getColumnCount();
        List<ResultColumn> columns = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          columns.add(new ResultColumn(rows.getMetaData().getColumnLabel(i), "", Optional.empty()));
        }
        ColumnStore store = new ColumnStore(width);
        while (rows.next()) {
          Object[] row = new Object[width];
          for (int i = 0; i < width; i++) {
            row[i] = rows.getString(i + 1);
          }
          store.append(List.<Object[]>of(row));
        }
        return new GridModel(columns, store);
      }
    }
  }

  @Test
  void sqlite_steps_become_a_tree() throws SQLException {
    PlanNode plan =
        PlanReader.read(Dialect.SQLITE, answer("jdbc:sqlite::memory:", Dialect.SQLITE))
            .orElseThrow();

    assertThat(plan.size()).isGreaterThan(2);
    assertThat(plan.children())
        .anyMatch(step -> step.title().contains("customers") || step.title().contains("USING"));
  }

  @Test
  void duckdb_steps_become_a_tree() throws SQLException {
    PlanNode plan =
        PlanReader.read(Dialect.DUCKDB, answer("jdbc:duckdb:", Dialect.DUCKDB)).orElseThrow();

    assertThat(plan.size()).isGreaterThan(3);
  }

  private static Optional<PlanNode> read(Dialect engine, String json) {
    ColumnStore store = new ColumnStore(1);
    store.append(List.<Object[]>of(new Object[] {json}));
    return PlanReader.read(
        engine, new GridModel(List.of(new ResultColumn("p", "json", Optional.empty())), store));
  }

  @Test
  void postgresql_costs_are_split_into_what_a_step_takes_by_itself() {
    PlanNode plan =
        read(
                Dialect.POSTGRESQL,
                """
                [{"Plan": {"Node Type": "Sort", "Total Cost": 30.5, "Plan Rows": 10, "Sort Key": ["id"],
                  "Plans": [{"Node Type": "Seq Scan", "Relation Name": "orders", "Total Cost": 20.5,
                    "Plan Rows": 200, "Filter": "(id > 3)"}]}}]\
                """)
            .orElseThrow();

    assertThat(plan.title()).isEqualTo("Sort");
    assertThat(plan.ownCost()).isEqualTo(10);
    assertThat(plan.children().getFirst().detail()).contains("orders", "(id > 3)");
  }

  @Test
  void mariadb_steps_become_a_tree() {
    PlanNode plan =
        read(
                Dialect.MARIADB,
                """
                {"query_block": {"select_id": 1, "cost": 0.5, "nested_loop": [
                  {"table": {"table_name": "o", "access_type": "ALL", "rows": 200, "cost": 0.3}},
                  {"table": {"table_name": "c", "access_type": "eq_ref", "rows": 1, "cost": 0.2}}]}}\
                """)
            .orElseThrow();

    assertThat(plan.children()).hasSize(2);
    assertThat(plan.cost()).isEqualTo(0.5);
  }

  @Test
  void what_is_not_understood_stays_text() {
    assertThat(read(Dialect.POSTGRESQL, "Seq Scan on orders")).isEmpty();
    assertThat(read(Dialect.POSTGRESQL, "[]")).isEmpty();
    assertThat(read(Dialect.TRINO, "{}")).isEmpty();
  }
}
