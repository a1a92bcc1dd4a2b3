package dev.sluice.governance.policy;

import dev.sluice.governance.approval.ApproverRule;
import dev.sluice.governance.sql.Span;

/// What a person can do next.
public sealed interface WayOut {
  /// One sentence on a button or in a list.
  String label();

  /// Replace the text at `span` by `replacement` and try again.
  record Fix(String label, Span span, String replacement) implements WayOut {}

  /// Ask the people of the rule.
  record AskApproval(String label, ApproverRule approvers) implements WayOut {}

  /// Run it somewhere else.
  record OtherConnection(String label, String connection) implements WayOut {}

  /// Somebody else has to change something; or nothing can be done.
  record Advice(String label) implements WayOut {}
}
