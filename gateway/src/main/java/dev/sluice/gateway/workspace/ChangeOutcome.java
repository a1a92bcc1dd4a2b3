package dev.sluice.gateway.workspace;

import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.StatementAnalysis;
import java.util.List;

/// How changes that belong together ended.
public sealed interface ChangeOutcome {

  /// All of them are in the database.
  ///
  /// @param counts affected rows of each
  record Made(List<Long> counts) implements ChangeOutcome {
    public Made {
      counts = List.copyOf(counts);
    }
  }

  /// One of them is not allowed now, and none was sent.
  record Refused(StatementAnalysis analysis, Decision decision) implements ChangeOutcome {}

  /// One of them would have affected another number of rows; nothing stays.
  ///
  /// @param at its ordinal
  record NotAsExpected(int at, long found) implements ChangeOutcome {}
}
