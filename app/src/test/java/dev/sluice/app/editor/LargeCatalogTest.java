package dev.sluice.app.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ForeignKey;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.RelationKind;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Suggestions over twenty thousand tables. How fast they are is measured by `sluice bench app`.
class LargeCatalogTest {

  private static final CompletionIndex INDEX = new CompletionIndex(catalog(20_000), Set.of());

  private static CatalogSnapshot catalog(int tables) {
    List<Relation> relations = new ArrayList<>();
    for (int number = 0; number < tables; number++) {
      TableRef ref = new TableRef("public", "t_" + number);
      List<CatalogColumn> columns = new ArrayList<>();
      for (int column = 0; column < 8; column++) {
        columns.add(CatalogColumn.of("c" + column + "_" + number, "int4"));
      }
      List<ForeignKey> keys =
          number == 0
              ? List.of()
              : List.of(
                  new ForeignKey(
                      List.of("c0_" + number),
                      new TableRef("public", "t_" + (number - 1)),
                      List.of("c0_" + (number - 1))));
      relations.add(
          new Relation(
              ref, RelationKind.TABLE, columns, Optional.empty(), List.of(), keys, "", -1));
    }
    return CatalogSnapshot.of(List.of("public"), relations, List.of());
  }

  private static List<String> inserts(String textWithCaret) {
    int caret = textWithCaret.indexOf('|');
    return new Completion(INDEX, Dialect.POSTGRESQL)
            .at(ScriptReading.of(textWithCaret.replace("|", ""), Dialect.POSTGRESQL), caret)
            .suggestions()
            .stream()
            .map(Suggestion::insert)
            .toList();
  }

  @Test
  void the_table_that_is_meant_comes_first_among_twenty_thousand() {
    assertThat(inserts("SELECT * FROM t_19999|")).first().isEqualTo("t_19999");
    assertThat(inserts("SELECT * FROM t_1|"))
        .hasSizeLessThanOrEqualTo(200)
        .first()
        .isEqualTo("t_1");
  }

  @Test
  void columns_of_any_table_are_found_by_their_beginning() {
    assertThat(inserts("SELECT c3_1234|")).first().isEqualTo("c3_1234");
  }

  @Test
  void after_join_come_the_tables_that_a_key_ties_with_their_condition() {
    assertThat(inserts("SELECT * FROM t_7 JOIN |"))
        .startsWith("t_6 t ON t_7.c0_7 = t.c0_6", "t_8 t ON t.c0_8 = t_7.c0_7");
  }

  @Test
  void a_name_is_looked_up_where_it_stands() {
    String sql = "WITH w AS (SELECT c0_5 FROM t_5) SELECT w.c0_5, x.c1_6 FROM w JOIN t_6 x ON true";
    ScriptReading reading = ScriptReading.of(sql, Dialect.POSTGRESQL);

    assertThat(NameAt.find(reading, sql.indexOf("c1_6") + 1, INDEX))
        .get()
        .isInstanceOfSatisfying(
            NameAt.Column.class,
            column -> assertThat(column.words()).startsWith("public.t_6.c1_6  int4"));
    assertThat(NameAt.find(reading, sql.indexOf("t_6 x") + 1, INDEX))
        .get()
        .isInstanceOf(NameAt.Table.class);
    assertThat(NameAt.find(reading, sql.indexOf("FROM w") + 5, INDEX))
        .get()
        .isEqualTo(new NameAt.InStatement("w", List.of("c0_5"), 5));
    assertThat(NameAt.find(reading, sql.indexOf("true") + 1, INDEX)).isEmpty();
  }
}
