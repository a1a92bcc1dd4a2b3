package dev.sluice.governance.approval;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Who may decide and within what bounds; the combination of all matching rules.
///
/// @param anyOf `group:NAME` or `user:SUBJECT`, or several joined by `&` for people who are all of
///     them; a reviewer must match one
/// @param quorum distinct people needed, at least 1
/// @param decideWithin pending longer than this expires
/// @param useWithin approved but unused longer than this expires
/// @param executions how often it may run, at least 1
/// @param escalation to whom, after which delay
public record ApproverRule(
    Set<String> anyOf,
    int quorum,
    Duration decideWithin,
    Duration useWithin,
    int executions,
    Optional<Escalation> escalation) {
  public ApproverRule {
    anyOf = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(anyOf));
    if (quorum < 1 || executions < 1 || anyOf.isEmpty()) {
      throw new IllegalArgumentException("An approver rule needs somebody, a quorum and a use.");
    }
  }

  public record Escalation(Duration after, String to) {}
}
