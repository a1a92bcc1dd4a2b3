package dev.sluice.gateway.jdbc;

import java.sql.SQLException;
import java.util.List;

/// A statement that does not run: a rule denies it, or it was not understood. SQLSTATE 42501 or
/// 42000.
public final class StatementDeniedException extends SQLException {

  private static final long serialVersionUID = 1;

  private final String rule;
  private final String[] waysOut;

  StatementDeniedException(String reason, String sqlState, String rule, List<String> waysOut) {
    super(SqlProblems.words(reason, rule, waysOut), sqlState);
    this.rule = rule;
    this.waysOut = waysOut.toArray(String[]::new);
  }

  /// The rule that won.
  public String rule() {
    return rule;
  }

  /// What to do next, best first.
  public List<String> waysOut() {
    return List.of(waysOut);
  }
}
