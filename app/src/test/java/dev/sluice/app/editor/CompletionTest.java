package dev.sluice.app.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.fake.FakeCatalog;
import dev.sluice.governance.sql.Dialect;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The caret is written as `|`.
class CompletionTest {

  private final Completion completion =
      new Completion(FakeCatalog.shop(), Set.of(FakeCatalog.EMAIL));

  private List<Suggestion> at(String textWithCaret) {
    int caret = textWithCaret.indexOf('|');
    String text = textWithCaret.replace("|", "");
    return completion.at(ScriptReading.of(text, Dialect.POSTGRESQL), caret).suggestions();
  }

  private List<String> inserts(String textWithCaret) {
    return at(textWithCaret).stream().map(Suggestion::insert).toList();
  }

  @Test
  void after_from_come_tables() {
    assertThat(inserts("SELECT * FROM cu|")).first().isEqualTo("customers");
  }

  @Test
  void a_table_outside_the_search_path_is_qualified() {
    assertThat(inserts("SELECT * FROM daily|")).containsExactly("reporting.daily_sales");
  }

  @Test
  void an_alias_gives_its_columns() {
    assertThat(inserts("SELECT c.na| FROM customers c")).startsWith("name", "national_id");
  }

  @Test
  void a_masked_column_says_so() {
    assertThat(at("SELECT c.em| FROM customers c"))
        .first()
        .extracting(Suggestion::masked)
        .isEqualTo(true);
  }

  @Test
  void a_common_table_expression_gives_its_outputs() {
    assertThat(
            inserts("WITH t AS (SELECT id, lower(name) AS who FROM customers) SELECT t.| FROM t"))
        .containsExactly("id", "who");
  }

  @Test
  void a_star_in_a_derived_table_is_seen_through() {
    assertThat(inserts("SELECT d.sta| FROM (SELECT * FROM orders) d")).containsExactly("status");
  }

  @Test
  void a_join_condition_comes_from_the_foreign_key() {
    assertThat(inserts("SELECT * FROM orders o JOIN customers c ON |"))
        .first()
        .isEqualTo("o.customer_id = c.id");
  }

  @Test
  void with_two_tables_columns_are_qualified() {
    assertThat(inserts("SELECT stat| FROM orders o JOIN customers c ON o.customer_id = c.id"))
        .first()
        .isEqualTo("o.status");
  }

  @Test
  void other_statements_of_the_script_do_not_mix_in() {
    assertThat(inserts("SELECT * FROM payments p; SELECT p.| FROM orders o")).isEmpty();
  }

  @Test
  void a_half_written_text_never_breaks_it() {
    String text = "WITH a AS (SELECT (1, 'x FROM (( JOIN \"";
    for (int caret = 0; caret <= text.length(); caret++) {
      assertThat(at(text.substring(0, caret) + "|" + text.substring(caret))).isNotNull();
    }
  }
}
