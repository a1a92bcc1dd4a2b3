package dev.sluice.proof.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// A guard that refuses what people write every day is taken down. `corpus/everyday` holds what
/// must be understood completely: one statement after the other, each ending a line with a
/// semicolon.
class EverydayTest {
  @TestFactory
  Stream<DynamicTest> everydayStatementsAreUnderstood() {
    return Everyday.ENGINES.stream()
        .map(
            engine ->
                DynamicTest.dynamicTest(
                    engine.id(),
                    () -> {
                      List<String> statements = Everyday.statements(engine.id());
                      assertThat(statements).hasSizeGreaterThan(100);
                      assertThat(refused(statements, engine, "everyday-" + engine.id())).isEmpty();
                    }));
  }

  @TestFactory
  Stream<DynamicTest> warehouseQueriesAreUnderstood() {
    return Everyday.ENGINES.stream()
        // SQL Server has no function substr.
        .filter(engine -> engine != Dialect.SQLSERVER)
        .map(
            engine ->
                DynamicTest.dynamicTest(
                    engine.id(),
                    () -> assertThat(refused(warehouse(engine), engine, "warehouse")).isEmpty()));
  }

  /// MariaDB has no function `grouping`, so a call of it is one of the database's own.
  private static List<String> warehouse(Dialect engine) {
    return Everyday.statements("warehouse").stream()
        .filter(text -> engine != Dialect.MARIADB || !text.contains("grouping("))
        .toList();
  }

  @Test
  void whatIsNotUnderstoodIsFound() {
    List<String> odd =
        List.of("SELECT unheard_of(id) FROM orders", "SELECT id FROM orders WHERE (");
    assertThat(refused(odd, Dialect.POSTGRESQL, "everyday-postgresql")).hasSize(2);
  }

  private static List<String> refused(List<String> statements, Dialect engine, String schema) {
    CatalogSnapshot catalog = Everyday.catalog(schema);
    List<String> refused = new ArrayList<>();
    for (String text : statements) {
      StatementAnalysis analysis =
          CorpusTest.ANALYZER.analyze(StatementText.of(text), engine, catalog);
      boolean understood =
          analysis.parsed()
              && analysis.complete()
              && analysis.refusals().isEmpty()
              && analysis.printed().isPresent();
      if (!understood) {
        refused.add(text + " : " + analysis.refusals());
      }
    }
    return refused;
  }
}
