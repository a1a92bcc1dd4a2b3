package dev.sluice.governance.approval;

import dev.sluice.governance.identity.Actor;
import java.time.Instant;
import java.util.List;

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
    long revision) {
  public ApprovalRequest {
    ruleIds = List.copyOf(ruleIds);
    reviews = List.copyOf(reviews);
  }
}
