package dev.sluice.governance.policy;

import dev.sluice.governance.sql.Span;
import java.util.List;

/// Why a decision is what it is.
///
/// @param rule the rule that won: its id, `mask:TAG`, `not-understood`, `no-rule`, `policy-stale`
/// @param rules ids of every rule that matched, in bundle order
/// @param reason one sentence for people
/// @param spans places in the statement text it is about, the most important first; may be empty
/// @param waysOut what to do next, best first
/// @param policyVersion of the bundle
public record Proof(
    String rule,
    List<String> rules,
    String reason,
    List<Span> spans,
    List<WayOut> waysOut,
    long policyVersion) {
  public Proof {
    rules = List.copyOf(rules);
    spans = List.copyOf(spans);
    waysOut = List.copyOf(waysOut);
  }
}
