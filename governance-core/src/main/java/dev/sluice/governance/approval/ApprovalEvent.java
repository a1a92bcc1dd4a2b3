package dev.sluice.governance.approval;

import dev.sluice.governance.identity.Actor;

/// Something that can happen to a request.
public sealed interface ApprovalEvent {
  record Reviewed(Review review, Actor by) implements ApprovalEvent {}

  record Cancelled(Actor by) implements ApprovalEvent {}

  record Revoked(Actor by, String reason) implements ApprovalEvent {}

  /// Somebody wants to run it now: consumes one use when it is granted.
  record Redeemed(Actor by, Capsule capsule) implements ApprovalEvent {}

  /// Time passed.
  record Ticked() implements ApprovalEvent {}
}
