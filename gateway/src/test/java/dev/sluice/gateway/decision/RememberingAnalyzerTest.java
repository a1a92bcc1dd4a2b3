package dev.sluice.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementAnalyzers;
import dev.sluice.governance.sql.StatementText;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RememberingAnalyzerTest {

  private final StatementAnalyzer real = StatementAnalyzers.standard(ParserWorker.onCallerThread());
  private final AtomicInteger asked = new AtomicInteger();
  private final StatementAnalyzer remembering =
      new RememberingAnalyzer(
          (statement, dialect, catalog) -> {
            asked.incrementAndGet();
            return real.analyze(statement, dialect, catalog);
          });
  private final CatalogSnapshot catalog = CatalogSnapshot.empty();

  @Test
  void whatWasReadIsReadOnceAndStandsWhereItStandsNow() {
    StatementText here = StatementText.of("SELECT 1 AS one");
    StatementText there = new StatementText("SELECT 1 AS one", new Span(100, 115));
    StatementAnalysis first = remembering.analyze(here, Dialect.POSTGRESQL, catalog);
    StatementAnalysis second = remembering.analyze(there, Dialect.POSTGRESQL, catalog);

    assertThat(asked).hasValue(1);
    assertThat(first).isEqualTo(real.analyze(here, Dialect.POSTGRESQL, catalog));
    assertThat(second).isEqualTo(real.analyze(there, Dialect.POSTGRESQL, catalog));
  }

  @Test
  void anythingElseIsAnotherQuestion() {
    StatementText statement = StatementText.of("SELECT \"a\" || 'b'");
    remembering.analyze(statement, Dialect.POSTGRESQL, catalog);
    remembering.analyze(statement, Dialect.MARIADB, catalog);
    remembering.analyze(statement, Dialect.POSTGRESQL, CatalogSnapshot.empty());
    remembering.analyze(StatementText.of("SELECT \"a\" || 'c'"), Dialect.POSTGRESQL, catalog);
    assertThat(asked).hasValue(4);
  }

  @Test
  void aRefusalIsReadAgainSinceItMayHaveBeenForWantOfTime() {
    for (String text : List.of("SELECT FROM WHERE", "SELECT FROM WHERE")) {
      assertThat(
              remembering.analyze(StatementText.of(text), Dialect.POSTGRESQL, catalog).refusals())
          .isNotEmpty();
    }
    assertThat(asked).hasValue(2);
  }
}
