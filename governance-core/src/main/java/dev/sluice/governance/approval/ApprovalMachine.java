package dev.sluice.governance.approval;

import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What follows from an event: a function of the request, the event and the instant. Refusals are
/// values in words. See the package documentation for the states.
public final class ApprovalMachine {

  private ApprovalMachine() {}

  /// Opens a request.
  ///
  /// @param id 128 random bits, text
  /// @param at server time
  public static Transition open(
      String id,
      Actor requester,
      Capsule capsule,
      List<String> ruleIds,
      ApproverRule approvers,
      String reason,
      Instant at) {
    return open(id, requester, capsule, ruleIds, approvers, reason, new Right.Run(), at);
  }

  /// Opens a request for a right.
  ///
  /// @param id 128 random bits, text
  /// @param at server time
  public static Transition open(
      String id,
      Actor requester,
      Capsule capsule,
      List<String> ruleIds,
      ApproverRule approvers,
      String reason,
      Right right,
      Instant at) {
    if (reason.isBlank()) {
      return ApprovalRefusals.reasonMissing();
    }
    if (right instanceof Right.Unmask && !(requester instanceof Actor.Person)) {
      return ApprovalRefusals.onlyPeopleUnmask();
    }
    Instant decideBy = at.plus(approvers.decideWithin());
    return new Transition.Moved(
        new ApprovalRequest(
            id,
            requester,
            capsule,
            ruleIds,
            approvers,
            reason,
            ApprovalState.PENDING,
            List.of(),
            0,
            at,
            decideBy,
            decideBy,
            0,
            right,
            Optional.empty()));
  }

  /// The next state. An event that comes after an expiry moves the request to its expired state
  /// instead of doing what it wanted.
  ///
  /// @param at server time
  public static Transition apply(ApprovalRequest request, ApprovalEvent event, Instant at) {
    if (event instanceof ApprovalEvent.EmergencyReviewed reviewed) {
      return Emergencies.review(request, reviewed, at);
    }
    if (!request.state().open()) {
      return event instanceof ApprovalEvent.Ticked
          ? new Transition.Moved(request)
          : ApprovalRefusals.closed(request.state());
    }
    if (at.isAfter(due(request))) {
      return moved(request, expired(request));
    }
    return switch (event) {
      case ApprovalEvent.Reviewed reviewed -> review(request, reviewed, at);
      case ApprovalEvent.PassedOn passed -> PassingOn.apply(request, passed, at);
      case ApprovalEvent.Cancelled cancelled -> cancel(request, cancelled);
      case ApprovalEvent.Revoked revoked -> revoke(request, revoked, at);
      case ApprovalEvent.Redeemed redeemed -> redeem(request, redeemed);
      case ApprovalEvent.GlassBroken broken -> Emergencies.breakGlass(request, broken, at);
      case ApprovalEvent.EmergencyReviewed reviewed -> Emergencies.review(request, reviewed, at);
      case ApprovalEvent.Ticked ticked -> new Transition.Moved(request);
    };
  }

  private static ApprovalState expired(ApprovalRequest request) {
    if (request.state() == ApprovalState.PENDING) {
      return ApprovalState.EXPIRED_PENDING;
    }
    // Masks that were lifted for a while are back: it was used, not forgotten.
    return request.right() instanceof Right.Unmask
        ? ApprovalState.EXHAUSTED
        : ApprovalState.EXPIRED_UNUSED;
  }

  /// Whether this person could review the request now: named by the rule, not involved, not heard
  /// yet, and the request still pending.
  public static boolean mayReview(ApprovalRequest request, Actor actor, Instant at) {
    return mayReview(request, actor, List.of(), at);
  }

  /// The same, with the seats of people whose delegate this person is now.
  public static boolean mayReview(
      ApprovalRequest request, Actor actor, List<Principal> away, Instant at) {
    return request.state() == ApprovalState.PENDING
        && !at.isAfter(request.decideBy())
        && actor instanceof Actor.Person person
        && !involved(request.requester(), person.principal())
        && !heard(request, person.principal())
        && seat(request, person.principal(), away, at).isPresent();
  }

  /// Whose seat somebody would fill: their own when the rule names them, else that of the first
  /// person away whom it names, who is not involved and has not been heard. Empty when none.
  static Optional<Principal> seat(
      ApprovalRequest request, Principal person, List<Principal> away, Instant at) {
    if (named(request, person, at)) {
      return Optional.of(person);
    }
    return away.stream()
        .filter(absent -> !involved(request.requester(), absent))
        .filter(absent -> named(request, absent, at))
        .filter(absent -> !heard(request, absent))
        .findFirst();
  }

  /// Whether the rule names this person for the request, by now, whatever state it is in.
  public static boolean isApprover(ApprovalRequest request, Principal person, Instant at) {
    return named(request, person, at);
  }

  private static Transition review(
      ApprovalRequest request, ApprovalEvent.Reviewed event, Instant at) {
    Review review = event.review();
    if (!(event.by() instanceof Actor.Person person)
        || !person.principal().isSameAs(review.reviewer())) {
      return ApprovalRefusals.onlyPeopleReview();
    }
    if (involved(request.requester(), person.principal())) {
      return ApprovalRefusals.fourEyes(request.approvers());
    }
    if (request.state() == ApprovalState.APPROVED) {
      return ApprovalRefusals.decided();
    }
    if (heard(request, person.principal())) {
      return ApprovalRefusals.oneSeat();
    }
    Optional<Principal> seat = seat(request, person.principal(), event.away(), at);
    if (seat.isEmpty()) {
      return ApprovalRefusals.notAnApprover(request.approvers());
    }
    if (review.verdict() == Review.Verdict.REJECT && review.comment().isBlank()) {
      return ApprovalRefusals.commentMissing();
    }
    Optional<Transition.Refused> widening = Narrowing.refusal(request, review);
    if (widening.isPresent()) {
      return widening.get();
    }
    List<Review> reviews = new ArrayList<>(request.reviews());
    reviews.add(
        new Review(
            review.reviewer(),
            review.verdict(),
            review.comment(),
            at,
            seat.filter(absent -> !absent.isSameAs(review.reviewer())),
            review.conditions()));
    if (review.verdict() == Review.Verdict.REJECT) {
      return new Transition.Moved(
          next(request, ApprovalState.REJECTED, reviews, request.uses(), request.useBy()));
    }
    ApprovalRequest heard =
        next(request, ApprovalState.PENDING, reviews, request.uses(), request.useBy());
    if (seatsFilled(reviews) < request.approvers().quorum()) {
      return new Transition.Moved(heard);
    }
    // How long it holds follows from the conditions of all of them.
    Instant useBy = at.plus(heard.lasts());
    return new Transition.Moved(
        next(request, ApprovalState.APPROVED, reviews, request.uses(), useBy));
  }

  private static Transition cancel(ApprovalRequest request, ApprovalEvent.Cancelled event) {
    return involved(request.requester(), event.by().principal())
        ? moved(request, ApprovalState.CANCELLED)
        : ApprovalRefusals.notYours();
  }

  private static Transition revoke(
      ApprovalRequest request, ApprovalEvent.Revoked event, Instant at) {
    if (!(event.by() instanceof Actor.Person person)) {
      return ApprovalRefusals.onlyPeopleReview();
    }
    if (event.reason().isBlank()) {
      return ApprovalRefusals.commentMissing();
    }
    boolean mayRevoke =
        named(request, person.principal(), at)
            || heard(request, person.principal())
            || person.principal().roles().contains("server-admin");
    return mayRevoke
        ? moved(request, ApprovalState.REVOKED)
        : ApprovalRefusals.notAnApprover(request.approvers());
  }

  private static Transition redeem(ApprovalRequest request, ApprovalEvent.Redeemed event) {
    if (!event.by().kind().equals(request.requester().kind())
        || !event.by().principal().isSameAs(request.requester().principal())) {
      return ApprovalRefusals.notYours();
    }
    if (request.state() != ApprovalState.APPROVED) {
      return ApprovalRefusals.notApprovedYet(request);
    }
    if (request.right() instanceof Right.Unmask) {
      return ApprovalRefusals.nothingToRun();
    }
    if (!event.capsule().equals(request.capsule())) {
      return moved(request, ApprovalState.STALE);
    }
    int uses = request.uses() + 1;
    boolean last = uses >= request.executions();
    return new Transition.Moved(
        next(
            request,
            last ? ApprovalState.EXHAUSTED : ApprovalState.APPROVED,
            request.reviews(),
            uses,
            request.useBy()));
  }

  private static Instant due(ApprovalRequest request) {
    return request.state() == ApprovalState.PENDING ? request.decideBy() : request.useBy();
  }

  /// Distinct people who approved: one person fills one seat, whatever groups they are in.
  private static int seatsFilled(List<Review> reviews) {
    Set<String> people =
        reviews.stream()
            .filter(review -> review.verdict() == Review.Verdict.APPROVE)
            .map(review -> review.reviewer().key())
            .collect(Collectors.toSet());
    return people.size();
  }

  static boolean involved(Actor requester, Principal person) {
    return requester.principal().isSameAs(person)
        || requester.onBehalfOf().filter(owner -> owner.isSameAs(person)).isPresent();
  }

  private static boolean heard(ApprovalRequest request, Principal person) {
    return request.reviews().stream().anyMatch(review -> review.speaksFor(person));
  }

  private static boolean named(ApprovalRequest request, Principal person, Instant at) {
    ApproverRule rule = request.approvers();
    return rule.anyOf().stream().anyMatch(who -> matches(who, person))
        || rule.escalation()
            .filter(escalation -> !at.isBefore(request.createdAt().plus(escalation.after())))
            .filter(escalation -> matches(escalation.to(), person))
            .isPresent();
  }

  /// `a&b` names people who are both, as combined rules do.
  private static boolean matches(String who, Principal person) {
    if (who.indexOf('&') >= 0) {
      return Stream.of(who.split("&", -1)).allMatch(part -> matches(part, person));
    }
    if (who.startsWith("group:")) {
      return person.groups().contains(who.substring("group:".length()));
    }
    if (who.startsWith("user:")) {
      String user = who.substring("user:".length());
      return person.subject().equals(user) || person.key().equals(user);
    }
    return false;
  }

  static Transition moved(ApprovalRequest request, ApprovalState state) {
    return new Transition.Moved(
        next(request, state, request.reviews(), request.uses(), request.useBy()));
  }

  /// The same, with another time of its escalation.
  static ApprovalRequest escalating(ApprovalRequest request, ApproverRule.Escalation escalation) {
    ApproverRule rule = request.approvers();
    return next(
        request,
        new ApproverRule(
            rule.anyOf(),
            rule.quorum(),
            rule.decideWithin(),
            rule.useWithin(),
            rule.executions(),
            Optional.of(escalation)),
        request.state(),
        request.reviews(),
        request.uses(),
        request.useBy());
  }

  private static ApprovalRequest next(
      ApprovalRequest request, ApprovalState state, List<Review> reviews, int uses, Instant useBy) {
    return next(request, request.approvers(), state, reviews, uses, useBy);
  }

  private static ApprovalRequest next(
      ApprovalRequest request,
      ApproverRule approvers,
      ApprovalState state,
      List<Review> reviews,
      int uses,
      Instant useBy) {
    return new ApprovalRequest(
        request.id(),
        request.requester(),
        request.capsule(),
        request.ruleIds(),
        approvers,
        request.reason(),
        state,
        reviews,
        uses,
        request.createdAt(),
        request.decideBy(),
        useBy,
        request.revision() + 1,
        request.right(),
        request.emergency());
  }
}
