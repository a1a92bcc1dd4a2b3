package dev.sluice.governance.policy;

import dev.sluice.governance.approval.UnmaskGrant;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.masking.MaskingPlan;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.Use;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What masking says of a statement.
sealed interface MaskingVerdict {

  /// It may be shown so.
  ///
  /// @param rewritten columns that the statement must be rewritten for, so that it only sees their
  ///     masked values
  /// @param inferable columns whose values can be inferred because the policy allows their use
  /// @param lifted columns shown or used as they are, with the grants that lift their masks
  record Shown(
      MaskingPlan plan,
      Set<ColumnRef> rewritten,
      List<EqualityBudget.Spending> equalities,
      Set<ColumnRef> inferable,
      Map<ColumnRef, UnmaskGrant> lifted)
      implements MaskingVerdict {}

  /// It must not run.
  ///
  /// @param tag the classification that forbids it
  /// @param use the use that is forbidden
  /// @param why one sentence
  record Refused(String tag, ColumnRef column, Use use, String why) implements MaskingVerdict {
    Span span() {
      return use.span();
    }
  }
}
