package dev.sluice.governance.policy;

import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.StatementAnalysis;
import java.util.List;

/// Decisions that stop, with their reasons.
final class Decisions {

  private final long policyVersion;

  Decisions(long policyVersion) {
    this.policyVersion = policyVersion;
  }

  Proof proof(String rule, List<String> rules, String reason, List<Span> spans, List<WayOut> ways) {
    return new Proof(rule, rules, reason, spans, ways, policyVersion);
  }

  Decision deny(
      String rule, List<String> rules, String reason, List<Span> spans, List<WayOut> ways) {
    return new Decision.Deny(proof(rule, rules, reason, spans, ways));
  }

  Decision deny(String rule, List<String> rules, String reason, String advice) {
    return deny(rule, rules, reason, List.of(), List.of(new WayOut.Advice(advice)));
  }

  Decision engineFailure(RuntimeException failure) {
    return deny(
        "engine-failure",
        List.of(),
        "The decision could not be made (" + failure.getClass().getSimpleName() + ").",
        "Tell the people who run Sluice; nothing was sent.");
  }

  Decision unknownConnection(String name) {
    return deny(
        "unknown-connection",
        List.of(),
        "The policy does not know the connection " + name + ".",
        "Ask a policy admin to add it under connections.");
  }

  Decision policyStale() {
    return deny(
        "policy-stale",
        List.of(),
        "This policy has expired; nothing runs on production until there is a newer one.",
        "Connect to the server to fetch the policy in force.");
  }

  Decision missingLabel(String label) {
    return deny(
        "agents.require-labels",
        List.of(),
        "Agents must carry the label \"" + label + "\".",
        "Start the agent with this label.");
  }

  Decision conditionFailed(RuleVerdict.Failure failure, List<String> matched) {
    return deny(
        failure.rule().id(),
        matched,
        "The condition of rule "
            + failure.rule().id()
            + " could not be decided: "
            + failure.message()
            + ".",
        "Ask a policy admin to correct the rule.");
  }

  Decision filterUndecided(String filter, List<String> matched) {
    return deny(
        filter,
        matched,
        "Whether the row filter " + filter + " holds could not be decided.",
        "Ask a policy admin to correct the filter.");
  }

  Decision notUnderstood(StatementAnalysis analysis, List<String> matched, List<WayOut> ways) {
    List<Refusal> refusals = analysis.refusals();
    return deny(
        "not-understood",
        matched,
        refusals.isEmpty()
            ? "This statement was not understood completely, so nothing is known about it."
            : refusals.getFirst().message(),
        refusals.isEmpty()
            ? List.of(new Span(0, analysis.statement().text().length()))
            : refusals.stream().map(Refusal::span).toList(),
        ways);
  }
}
