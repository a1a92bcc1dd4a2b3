package dev.sluice.governance.approval;

import dev.sluice.governance.identity.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A request goes to the people of its escalation before their time. To those whom the policy
/// names, and to nobody else: who passes it on chooses when, never to whom.
public final class PassingOn {

  private PassingOn() {}

  /// To whom somebody who may decide a request could pass it on now; empty when to nobody.
  public static Optional<String> to(ApprovalRequest request, Instant at) {
    return request.state() == ApprovalState.PENDING && !at.isAfter(request.decideBy())
        ? later(request, at).map(ApproverRule.Escalation::to)
        : Optional.empty();
  }

  static Transition apply(ApprovalRequest request, ApprovalEvent.PassedOn event, Instant at) {
    if (!(event.by() instanceof Actor.Person person)) {
      return ApprovalRefusals.onlyPeopleReview();
    }
    if (ApprovalMachine.involved(request.requester(), person.principal())) {
      return ApprovalRefusals.fourEyes(request.approvers());
    }
    if (request.state() == ApprovalState.APPROVED) {
      return ApprovalRefusals.decided();
    }
    if (ApprovalMachine.seat(request, person.principal(), event.away(), at).isEmpty()) {
      return ApprovalRefusals.notAnApprover(request.approvers());
    }
    Optional<ApproverRule.Escalation> escalation = request.approvers().escalation();
    if (escalation.isEmpty()) {
      return ApprovalRefusals.nobodyToPassTo();
    }
    if (later(request, at).isEmpty()) {
      return ApprovalRefusals.passedOnAlready(escalation.get().to());
    }
    Duration now = Duration.between(request.createdAt(), at);
    return new Transition.Moved(
        ApprovalMachine.escalating(
            request, new ApproverRule.Escalation(now, escalation.get().to())));
  }

  /// The escalation, while its time has not come.
  private static Optional<ApproverRule.Escalation> later(ApprovalRequest request, Instant at) {
    return request
        .approvers()
        .escalation()
        .filter(escalation -> at.isBefore(request.createdAt().plus(escalation.after())));
  }
}
