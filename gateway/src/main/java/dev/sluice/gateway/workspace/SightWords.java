package dev.sluice.gateway.workspace;

import dev.sluice.governance.policy.ColumnSights.Sight;
import java.util.TreeSet;

/// Says in words what somebody sees of a column.
final class SightWords {

  private SightWords() {}

  static ColumnGovernance governance(Sight sight) {
    String tag = String.join(", ", new TreeSet<>(sight.tags()));
    return new ColumnGovernance(
        sight.column(),
        tag,
        sight.spec().algorithm(),
        sight.exempt(),
        sight.exempt()
            ? "You see it as it is, by an exemption of the policy."
            : "Masked for you because it is classified " + tag + "; exemptions are in the policy.");
  }
}
