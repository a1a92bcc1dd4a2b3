package dev.sluice.gateway.decision;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Reads a statement once: while somebody types in a script, all its other statements are as they
/// were at the last pause. What it gives is what the analyser behind it gives, since that one gives
/// the same for the same text, dialect and catalog. What was refused is read again each time: it
/// may have been for want of time. Safe for use by many threads.
public final class RememberingAnalyzer implements StatementAnalyzer {

  private static final int LONGEST = 20_000;

  private final StatementAnalyzer analyzer;

  public RememberingAnalyzer(StatementAnalyzer analyzer) {
    this.analyzer = analyzer;
  }

  private record Asked(StatementAnalyzer by, Dialect dialect, String text) {}

  /// What was read on one catalog, as long as that one is kept.
  private static final class Known {
    private static final int MOST = 2_000;
    private final Map<Asked, StatementAnalysis> analyses =
        new LinkedHashMap<>(64, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Asked, StatementAnalysis> eldest) {
            return size() > MOST;
          }
        };

    synchronized Optional<StatementAnalysis> find(Asked asked) {
      return Optional.ofNullable(analyses.get(asked));
    }

    synchronized void keep(Asked asked, StatementAnalysis analysis) {
      analyses.put(asked, analysis);
    }
  }

  @Override
  public StatementAnalysis analyze(
      StatementText statement, Dialect dialect, CatalogSnapshot catalog) {
    Known known = catalog.prepared(Known.class, fresh -> new Known());
    Asked asked = new Asked(analyzer, dialect, statement.text());
    Optional<StatementAnalysis> before = known.find(asked);
    if (before.isPresent()) {
      return at(statement, before.get());
    }
    StatementAnalysis analysis = analyzer.analyze(statement, dialect, catalog);
    if (analysis.refusals().isEmpty() && statement.text().length() <= LONGEST) {
      known.keep(asked, analysis);
    }
    return analysis;
  }

  /// The same, where the statement stands now: places in an analysis are places in its statement.
  private static StatementAnalysis at(StatementText statement, StatementAnalysis known) {
    return new StatementAnalysis(
        statement,
        known.dialect(),
        known.kind(),
        known.parsed(),
        known.complete(),
        known.printed(),
        known.effects(),
        known.tables(),
        known.columns(),
        known.uses(),
        known.functions(),
        known.limit(),
        known.refusals());
  }
}
