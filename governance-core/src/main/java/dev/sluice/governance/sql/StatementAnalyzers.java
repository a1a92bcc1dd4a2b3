package dev.sluice.governance.sql;

import dev.sluice.governance.sql.internal.StandardStatementAnalyzer;

/// Where analysers come from.
public final class StatementAnalyzers {
  private StatementAnalyzers() {}

  /// The analyser for every dialect with a lexer. It keeps a bounded cache of view definitions and
  /// may be shared between threads.
  ///
  /// @param worker where the parser and the analysis run
  public static StatementAnalyzer standard(ParserWorker worker) {
    return new StandardStatementAnalyzer(worker);
  }
}
