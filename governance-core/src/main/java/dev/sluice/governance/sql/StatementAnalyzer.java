package dev.sluice.governance.sql;

import dev.sluice.governance.catalog.CatalogSnapshot;

/// Reads one statement against one catalog. Pure: same inputs, same analysis. Never throws for any
/// text; what it does not understand it says in [StatementAnalysis#refusals()].
///
/// Get one from `dev.sluice.governance.sql.StatementAnalyzers.standard(ParserWorker)`.
public interface StatementAnalyzer {

  StatementAnalysis analyze(StatementText statement, Dialect dialect, CatalogSnapshot catalog);
}
