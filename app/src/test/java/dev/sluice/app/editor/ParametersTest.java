package dev.sluice.app.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.editor.Parameters.Kind;
import dev.sluice.app.editor.Parameters.Value;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementText;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParametersTest {

  private static Optional<String> fill(String sql, Dialect dialect, Map<String, Value> values) {
    return Parameters.fill(StatementText.of(sql), dialect, values).text().map(StatementText::text);
  }

  @Test
  void each_name_is_asked_for_once_and_only_where_it_is_a_placeholder() {
    assertThat(
            Parameters.names(
                "SELECT ':no', a::text FROM t WHERE x = :id AND y = :name OR z = :id -- :not",
                Dialect.POSTGRESQL))
        .containsExactly("id", "name");
    assertThat(Parameters.names("SELECT ? + ?", Dialect.MARIADB)).containsExactly("1", "2");
  }

  @Test
  void a_value_becomes_one_literal_whatever_it_holds() {
    Map<String, Value> evil = Map.of("x", new Value(Kind.TEXT, "a' OR '1'='1 -- \\"));

    assertThat(fill("SELECT * FROM t WHERE a = :x", Dialect.POSTGRESQL, evil))
        .contains("SELECT * FROM t WHERE a = 'a'' OR ''1''=''1 -- \\'");
    assertThat(fill("SELECT * FROM t WHERE a = :x", Dialect.MARIADB, evil))
        .contains("SELECT * FROM t WHERE a = 'a'' OR ''1''=''1 -- \\\\'");
  }

  @Test
  void values_are_written_by_their_kind() {
    String sql = "SELECT :v";
    assertThat(fill(sql, Dialect.POSTGRESQL, Map.of("v", new Value(Kind.NUMBER, "-12.50"))))
        .contains("SELECT (-12.50)");
    assertThat(fill(sql, Dialect.POSTGRESQL, Map.of("v", new Value(Kind.DATE, "2026-02-28"))))
        .contains("SELECT DATE '2026-02-28'");
    assertThat(fill(sql, Dialect.SQLITE, Map.of("v", new Value(Kind.DATE, "2026-02-28"))))
        .contains("SELECT '2026-02-28'");
    assertThat(fill(sql, Dialect.DUCKDB, Map.of("v", new Value(Kind.NULL, "x"))))
        .contains("SELECT NULL");
    assertThat(fill(sql, Dialect.DUCKDB, Map.of("v", new Value(Kind.BOOLEAN, "true"))))
        .contains("SELECT TRUE");
  }

  @Test
  void what_does_not_fit_its_kind_is_named_and_nothing_runs() {
    var filled =
        Parameters.fill(
            StatementText.of("SELECT :n, :d"),
            Dialect.POSTGRESQL,
            Map.of("n", new Value(Kind.NUMBER, "1; DROP"), "d", new Value(Kind.DATE, "30.2.2026")));

    assertThat(filled.text()).isEmpty();
    assertThat(filled.wrong()).containsExactly("n", "d");
  }

  @Test
  void a_statement_without_placeholders_stays_itself() {
    StatementText statement = StatementText.of("SELECT ':x'");

    assertThat(Parameters.fill(statement, Dialect.POSTGRESQL, Map.of()).text())
        .containsSame(statement);
  }
}
