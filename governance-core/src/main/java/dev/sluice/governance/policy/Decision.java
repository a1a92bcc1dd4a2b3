package dev.sluice.governance.policy;

import dev.sluice.governance.approval.ApproverRule;
import dev.sluice.governance.masking.MaskingPlan;

/// What may happen with a statement. Values, not exceptions.
public sealed interface Decision {
  Proof proof();

  /// It may run, once, with these obligations, which the permit carries.
  record Allow(Permit permit, Proof proof) implements Decision {}

  /// People must be asked. The plan says what would be masked if it ran.
  record NeedsApproval(ApproverRule approvers, MaskingPlan plan, Proof proof) implements Decision {}

  /// It does not run.
  record Deny(Proof proof) implements Decision {}

  /// `allow`, `needs-approval`, `deny`: the words on the wire.
  default String word() {
    return switch (this) {
      case Allow allow -> "allow";
      case NeedsApproval needsApproval -> "needs-approval";
      case Deny deny -> "deny";
    };
  }
}
