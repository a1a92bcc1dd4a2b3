package dev.sluice.app.editor;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Measures completion over a large catalog, as the editor asks for it.
public final class CompletionTimings {

  private static final List<String> TEXTS =
      List.of(
          "SELECT * FROM table_19|",
          "SELECT column_3_77|",
          "SELECT t.| FROM table_777 t",
          "SELECT * FROM table_1 a JOIN table_2 b ON a.column_1_1 = b.c|",
          "SELECT |");

  private CompletionTimings() {}

  /// Milliseconds of each of some questions, after as many to warm up.
  ///
  /// @param tables how many tables of ten columns the catalog has
  public static List<Double> over(int tables) {
    List<Relation> relations = new ArrayList<>();
    for (int number = 0; number < tables; number++) {
      List<CatalogColumn> columns = new ArrayList<>();
      for (int column = 0; column < 10; column++) {
        columns.add(CatalogColumn.of("column_" + column + "_" + number, "text"));
      }
      relations.add(Relation.table(new TableRef("public", "table_" + number), columns));
    }
    CompletionIndex index =
        new CompletionIndex(CatalogSnapshot.of(List.of("public"), relations, List.of()), Set.of());
    List<Double> times = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      for (String marked : TEXTS) {
        int caret = marked.indexOf('|');
        String text = marked.replace("|", "");
        long begun = System.nanoTime();
        ScriptReading reading = ScriptReading.of(text, Dialect.POSTGRESQL);
        int found =
            new Completion(index, Dialect.POSTGRESQL).at(reading, caret).suggestions().size();
        double took = (System.nanoTime() - begun) / 1e6;
        if (found == 0) {
          throw new IllegalStateException("Nothing was suggested for " + marked);
        }
        if (round >= 10) {
          times.add(took);
        }
      }
    }
    return times;
  }
}
