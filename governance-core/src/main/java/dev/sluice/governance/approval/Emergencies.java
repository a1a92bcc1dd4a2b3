package dev.sluice.governance.approval;

import dev.sluice.governance.identity.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Breaking the glass, and the review that it owes.
final class Emergencies {

  private Emergencies() {}

  static Transition breakGlass(
      ApprovalRequest request, ApprovalEvent.GlassBroken event, Instant at) {
    if (!(event.by() instanceof Actor.Person person)) {
      return ApprovalRefusals.onlyPeopleReview();
    }
    if (!request.requester().principal().isSameAs(person.principal())
        || !(request.requester() instanceof Actor.Person)) {
      return ApprovalRefusals.notYours();
    }
    if (!(request.right() instanceof Right.Run)) {
      return ApprovalRefusals.glassOnlyForRunning();
    }
    if (request.state() != ApprovalState.PENDING) {
      return ApprovalRefusals.decided();
    }
    if (event.reason().isBlank()) {
      return ApprovalRefusals.glassReasonMissing();
    }
    if (!event.allowed()) {
      return ApprovalRefusals.glassNotYours(request.approvers());
    }
    if (event.owesReview()) {
      return ApprovalRefusals.glassOwed();
    }
    Duration holds = Conditions.shorter(event.holdsFor(), request.approvers().useWithin());
    return new Transition.Moved(
        with(
            request,
            ApprovalState.APPROVED,
            at.plus(holds),
            new Emergency(event.reason(), at, at.plus(event.reviewWithin()), Optional.empty())));
  }

  /// The review afterwards: by somebody who could have decided the request, whatever has become of
  /// it. A late review still counts; a rejection takes back what is not used yet.
  static Transition review(
      ApprovalRequest request, ApprovalEvent.EmergencyReviewed event, Instant at) {
    Review review = event.review();
    if (!(event.by() instanceof Actor.Person person)
        || !person.principal().isSameAs(review.reviewer())) {
      return ApprovalRefusals.onlyPeopleReview();
    }
    if (request.emergency().isEmpty()) {
      return ApprovalRefusals.noEmergency();
    }
    if (ApprovalMachine.involved(request.requester(), person.principal())) {
      return ApprovalRefusals.fourEyes(request.approvers());
    }
    Emergency emergency = request.emergency().get();
    if (!emergency.owed()) {
      return ApprovalRefusals.emergencyReviewed();
    }
    Optional<dev.sluice.governance.identity.Principal> seat =
        ApprovalMachine.seat(request, person.principal(), event.away(), at);
    if (seat.isEmpty()) {
      return ApprovalRefusals.notAnApprover(request.approvers());
    }
    if (review.comment().isBlank()) {
      return ApprovalRefusals.commentMissing();
    }
    boolean takenBack =
        review.verdict() == Review.Verdict.REJECT && request.state() == ApprovalState.APPROVED;
    return new Transition.Moved(
        with(
            request,
            takenBack ? ApprovalState.REVOKED : request.state(),
            request.useBy(),
            new Emergency(
                emergency.reason(),
                emergency.at(),
                emergency.reviewBy(),
                Optional.of(
                    new Review(
                        review.reviewer(),
                        review.verdict(),
                        review.comment(),
                        at,
                        seat.filter(absent -> !absent.isSameAs(review.reviewer())),
                        Conditions.NONE)))));
  }

  private static ApprovalRequest with(
      ApprovalRequest request, ApprovalState state, Instant useBy, Emergency emergency) {
    return new ApprovalRequest(
        request.id(),
        request.requester(),
        request.capsule(),
        request.ruleIds(),
        request.approvers(),
        request.reason(),
        state,
        request.reviews(),
        request.uses(),
        request.createdAt(),
        request.decideBy(),
        useBy,
        request.revision() + 1,
        request.right(),
        Optional.of(emergency));
  }
}
