package dev.sluice.governance.policy;

import dev.sluice.governance.approval.ApproverRule;
import java.util.Optional;

/// One rule of a policy. Every rule whose condition holds applies; the strictest effect wins. A
/// rule that is only observed decides nothing: it is said and recorded what it would have done.
///
/// @param id unique in the bundle
/// @param when CEL condition
/// @param effect what follows when it holds
/// @param message what people are told, empty when the policy says nothing
/// @param approvers for require-approval only
/// @param limits the bounds of what it allows
/// @param observe whether it only says what it would do; never with [Effect#ALLOW]
/// @param line of the condition in the policy text, from 1; 0 when made otherwise
public record Rule(
    String id,
    String when,
    Effect effect,
    String message,
    Optional<ApproverRule> approvers,
    Limits limits,
    boolean observe,
    int line) {

  public Rule {
    if (effect == Effect.REQUIRE_APPROVAL && approvers.isEmpty()) {
      throw new IllegalArgumentException("The rule " + id + " asks nobody for approval.");
    }
    if (observe && effect == Effect.ALLOW) {
      throw new IllegalArgumentException("The rule " + id + " allows, and is only observed.");
    }
  }

  /// From the mildest to the strictest.
  public enum Effect {
    ALLOW("allow"),
    REQUIRE_APPROVAL("require-approval"),
    BLOCK("block");

    private final String word;

    Effect(String word) {
      this.word = word;
    }

    /// As policies write it.
    public String word() {
      return word;
    }
  }
}
