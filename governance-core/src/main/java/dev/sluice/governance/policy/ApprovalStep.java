package dev.sluice.governance.policy;

import dev.sluice.governance.approval.ApproverRule;
import dev.sluice.governance.approval.Grant;
import dev.sluice.governance.catalog.TableRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks people, or accepts that they have agreed to exactly this.
final class ApprovalStep {

  /// What may run once people agree.
  ///
  /// @param text to send
  /// @param rowFilters the tables of which only some rows are seen
  record Subject(
      String text, MaskingVerdict.Shown shown, Limits limits, Map<TableRef, String> rowFilters) {}

  private final Decisions decisions;
  private final WaysOut waysOut;
  private final PolicyBundle bundle;

  ApprovalStep(Decisions decisions, WaysOut waysOut, PolicyBundle bundle) {
    this.bundle = bundle;
    this.decisions = decisions;
    this.waysOut = waysOut;
  }

  /// @param asking the rules that ask, at least one
  Decision decide(
      DecisionRequest request, RuleVerdict verdict, List<Rule> asking, Subject subject) {
    ApproverRule approvers =
        Owners.combine(
            bundle,
            request.connection().name(),
            asking.stream().flatMap(rule -> rule.approvers().stream()).toList());
    Decision.NeedsApproval needed =
        new Decision.NeedsApproval(
            approvers,
            subject.shown().plan(),
            decisions.proof(
                asking.getFirst().id(),
                verdict.ids(),
                Words.needsApproval(asking, approvers),
                List.of(),
                waysOut.approval(request, approvers)));
    if (request.grant().isEmpty()) {
      return needed;
    }
    Grant grant = request.grant().get();
    Optional<String> stale = staleness(request, grant, needed);
    if (stale.isPresent()) {
      return decisions.deny(
          "grant-stale",
          verdict.ids(),
          stale.get(),
          List.of(),
          waysOut.approval(request, approvers));
    }
    return new Decision.Allow(
        new Permit(
            request.analysis(),
            subject.text(),
            request.connection(),
            subject.shown().plan(),
            subject.limits(),
            request.grant(),
            subject.shown().equalities(),
            subject.shown().lifted(),
            subject.rowFilters()),
        decisions.proof(
            asking.getFirst().id(),
            verdict.ids(),
            "Approved as request " + grant.requestId() + ".",
            List.of(),
            List.of()));
  }

  private static Optional<String> staleness(
      DecisionRequest request, Grant grant, Decision.NeedsApproval needed) {
    if (request.at().isAfter(grant.useBy())) {
      return Optional.of("The approval was not used in time.");
    }
    return Capsules.difference(grant.capsule(), Capsules.of(request, needed))
        .map(what -> "This is not what was approved: " + what + " has changed since.");
  }
}
