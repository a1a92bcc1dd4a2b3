package dev.sluice.governance.approval;

import dev.sluice.governance.catalog.ColumnRef;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/// What a grant gives a right to, once the request is approved. All take the same road: one
/// request, the same reviews, the same expiries.
public sealed interface Right {

  /// To have the capsule run by the server, as often as the rule says.
  record Run() implements Right {}

  /// To see some columns of the capsule's connection as they are, for a while from the approval on.
  /// It is not redeemed: it holds until it ends, as an [UnmaskGrant].
  ///
  /// @param columns at least one
  /// @param lasts never longer than the policy allows
  record Unmask(Set<ColumnRef> columns, Duration lasts) implements Right {
    public Unmask {
      columns = java.util.Collections.unmodifiableSet(new TreeSet<>(columns));
      if (columns.isEmpty() || !lasts.isPositive()) {
        throw new IllegalArgumentException("Unmasking needs columns and a duration.");
      }
    }
  }

  /// To take the rows of the capsule's statement out of the product, masked as always, beyond what
  /// the rules let everybody take. Redeemed once before the rows leave.
  ///
  /// @param rows at most, at least 1
  record Export(long rows) implements Right {
    public Export {
      if (rows < 1) {
        throw new IllegalArgumentException("An export has at least one row.");
      }
    }
  }

  /// How long it holds from the approval on, where no approver narrows that.
  ///
  /// @param rule who approves it, in what bounds
  default Duration lasts(ApproverRule rule) {
    return switch (this) {
      case Run run -> rule.useWithin();
      case Export export -> rule.useWithin();
      case Unmask unmask -> unmask.lasts();
    };
  }

  /// `run`, `unmask`, `export`: the words on the wire and in the log.
  default String word() {
    return switch (this) {
      case Run run -> "run";
      case Unmask unmask -> "unmask";
      case Export export -> "export";
    };
  }
}
