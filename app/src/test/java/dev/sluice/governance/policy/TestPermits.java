package dev.sluice.governance.policy;

import dev.sluice.governance.masking.MaskingPlan;
import dev.sluice.governance.sql.StatementAnalysis;
import java.util.List;
import java.util.Optional;

/// Lets the in-memory workspace of the window's tests answer "allowed". Nothing executes it.
public final class TestPermits {

  private TestPermits() {}

  public static Permit permit(
      StatementAnalysis analysis, ConnectionContext connection, MaskingPlan plan) {
    return new Permit(
        analysis,
        analysis.statement().text(),
        connection,
        plan,
        Limits.none(),
        Optional.empty(),
        List.of());
  }
}
