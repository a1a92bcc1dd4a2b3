package dev.sluice.governance.approval;

import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import java.time.Duration;
import java.util.List;

/// Something that can happen to a request.
public sealed interface ApprovalEvent {
  /// @param away the people whose out-of-office delegate the reviewer is now; the reviewer may fill
  ///     the seat of one of them where they have none of their own
  record Reviewed(Review review, Actor by, List<Principal> away) implements ApprovalEvent {
    public Reviewed {
      away = List.copyOf(away);
    }

    public Reviewed(Review review, Actor by) {
      this(review, by, List.of());
    }
  }

  /// The requester wants to go ahead without approval, in an emergency.
  ///
  /// @param allowed whether the policy lets this person break the glass
  /// @param owesReview whether an earlier emergency of this person is not reviewed yet
  /// @param holdsFor how long the right lasts, as the policy says
  /// @param reviewWithin how long the review may take, as the policy says
  record GlassBroken(
      Actor by,
      String reason,
      boolean allowed,
      boolean owesReview,
      Duration holdsFor,
      Duration reviewWithin)
      implements ApprovalEvent {}

  /// Somebody else looks at an emergency afterwards.
  record EmergencyReviewed(Review review, Actor by, List<Principal> away) implements ApprovalEvent {
    public EmergencyReviewed {
      away = List.copyOf(away);
    }
  }

  /// Somebody who may decide wants the people of the escalation to be able to decide now, not only
  /// after its delay.
  ///
  /// @param away the people whose out-of-office delegate they are now
  record PassedOn(Actor by, List<Principal> away) implements ApprovalEvent {
    public PassedOn {
      away = List.copyOf(away);
    }
  }

  record Cancelled(Actor by) implements ApprovalEvent {}

  record Revoked(Actor by, String reason) implements ApprovalEvent {}

  /// Somebody wants to run it now: consumes one use when it is granted.
  record Redeemed(Actor by, Capsule capsule) implements ApprovalEvent {}

  /// Time passed.
  record Ticked() implements ApprovalEvent {}
}
