package dev.sluice.governance.policy;

import dev.sluice.governance.approval.ApproverRule;
import dev.sluice.governance.masking.MaskSpec;
import java.time.Duration;
import java.util.Optional;

/// What people see of columns with a tag, and what else they may do with them.
///
/// @param tag a tag, or a pattern such as `pii.*`
/// @param spec the mask of a direct output
/// @param uses whether the column may decide which rows appear, in what order or number
/// @param unmask who may show it raw to somebody for a while
public record TagMask(String tag, MaskSpec spec, Uses uses, Optional<Unmask> unmask) {

  /// Uses of a sensitive column in clauses.
  public sealed interface Uses {
    /// Refuse and name the clause. On an enforced connection the database itself only knows masked
    /// values, so there it passes.
    record Deny() implements Uses {}

    /// Refuse, on enforced connections too.
    record DenyAlways() implements Uses {}

    /// Allow `column = constant` and `column IN (constants)`, so many distinct constants per person
    /// and day.
    record Equality(int distinctPerDay) implements Uses {}

    /// Rewrite the statement so that it only ever sees masked values.
    record AtSource() implements Uses {}

    /// Allow; the values can then be inferred.
    record Allow() implements Uses {}
  }

  /// Lifting a mask for a while, by approval.
  public record Unmask(ApproverRule approvers, Duration maxDuration) {}

  /// What holds for a tag of which the policy says nothing: nothing is shown, no use is allowed.
  static TagMask strictest(String tag) {
    return new TagMask(tag, MaskSpec.redact(), new Uses.Deny(), Optional.empty());
  }
}
