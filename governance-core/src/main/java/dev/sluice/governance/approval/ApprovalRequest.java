package dev.sluice.governance.approval;

import dev.sluice.governance.identity.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A request and all that happened to it. Immutable; [ApprovalMachine] makes the next one.
///
/// @param id 128 random bits, text
/// @param requester who asked
/// @param capsule what for
/// @param ruleIds the rules that asked for approval
/// @param approvers who may decide, in what bounds
/// @param reason the requester's words
/// @param state where it stands
/// @param reviews so far, in order
/// @param uses executions started
/// @param createdAt server time
/// @param decideBy pending after this is expired
/// @param useBy approved after this is expired; equal to `decideBy` until approved
/// @param revision counts transitions; the store compares and sets on it
/// @param right what it gives once approved
/// @param emergency when its requester broke the glass instead of waiting for approval
public record ApprovalRequest(
    String id,
    Actor requester,
    Capsule capsule,
    List<String> ruleIds,
    ApproverRule approvers,
    String reason,
    ApprovalState state,
    List<Review> reviews,
    int uses,
    Instant createdAt,
    Instant decideBy,
    Instant useBy,
    long revision,
    Right right,
    Optional<Emergency> emergency) {
  public ApprovalRequest {
    ruleIds = List.copyOf(ruleIds);
    reviews = List.copyOf(reviews);
  }

  /// A request to run a capsule.
  public ApprovalRequest(
      String id,
      Actor requester,
      Capsule capsule,
      List<String> ruleIds,
      ApproverRule approvers,
      String reason,
      ApprovalState state,
      List<Review> reviews,
      int uses,
      Instant createdAt,
      Instant decideBy,
      Instant useBy,
      long revision) {
    this(
        id,
        requester,
        capsule,
        ruleIds,
        approvers,
        reason,
        state,
        reviews,
        uses,
        createdAt,
        decideBy,
        useBy,
        revision,
        new Right.Run(),
        Optional.empty());
  }

  /// The conditions of all who approved, together.
  public Conditions conditions() {
    return reviews.stream().map(Review::conditions).reduce(Conditions.NONE, Conditions::and);
  }

  /// How often it may run in all: as the rule says, or less by a condition.
  public int executions() {
    return Math.min(approvers.executions(), conditions().executions().orElse(Integer.MAX_VALUE));
  }

  public int usesLeft() {
    return Math.max(0, executions() - uses);
  }

  /// More affected rows than this roll back: as the capsule says, or less by a condition; -1 when
  /// unlimited.
  public long rowCeiling() {
    long asked = capsule.rowCeiling() < 0 ? Long.MAX_VALUE : capsule.rowCeiling();
    long holds = Math.min(asked, conditions().rows().orElse(Long.MAX_VALUE));
    return holds == Long.MAX_VALUE ? -1 : holds;
  }

  /// How long the right holds from the approval on: as was asked, or less by a condition.
  public Duration lasts() {
    Duration asked = right.lasts(approvers);
    return conditions().within().map(within -> Conditions.shorter(within, asked)).orElse(asked);
  }

  /// The grant that lifts masks, as far as the request is approved and asks for one. When it ends
  /// is for the reader to compare.
  public Optional<UnmaskGrant> unmaskGrant() {
    return right instanceof Right.Unmask unmask && state == ApprovalState.APPROVED
        ? Optional.of(
            new UnmaskGrant(
                id, requester.principal().key(), capsule.connection(), unmask.columns(), useBy))
        : Optional.empty();
  }
}
