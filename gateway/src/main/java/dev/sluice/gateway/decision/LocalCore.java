package dev.sluice.gateway.decision;

import dev.sluice.gateway.execution.GovernedExecutor;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.governance.masking.RowMaskers;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementAnalyzers;

/// The parts of the core that are made once a process.
///
/// @param analyzer reads statements
/// @param scripts reads scripts
/// @param executor runs permits
public record LocalCore(
    StatementAnalyzer analyzer, ScriptReader scripts, GovernedExecutor executor) {

  /// The standard parts.
  ///
  /// @param worker where statements are parsed
  public static LocalCore of(BoundedParserWorker worker) {
    StatementAnalyzer analyzer = StatementAnalyzers.standard(worker);
    return new LocalCore(
        analyzer,
        new ScriptReader(new RememberingAnalyzer(analyzer)),
        new GovernedExecutor(RowMaskers::of));
  }
}
