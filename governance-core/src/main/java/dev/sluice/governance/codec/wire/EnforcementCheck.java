package dev.sluice.governance.codec.wire;

import java.util.List;

/// What came of logging in with a lease and trying what it must not be able to do.
///
/// @param connection its name
/// @param applied hash of the plan applied just before; empty when nothing was applied
/// @param profiles how many sets of people who see the same were tried
/// @param wrong what a lease can do that it should not, one sentence each; empty when all holds
public record EnforcementCheck(
    String connection, String applied, int profiles, List<String> wrong) {
  public EnforcementCheck {
    wrong = List.copyOf(wrong);
  }
}
