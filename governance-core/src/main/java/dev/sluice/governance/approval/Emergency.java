package dev.sluice.governance.approval;

import java.time.Instant;
import java.util.Optional;

/// That a request was approved by nobody: its requester broke the glass. Masking stays on, the time
/// is short, and a review by another person is owed; while it is owed, the same person breaks no
/// other glass.
///
/// @param reason the requester's words, never blank
/// @param at when the glass was broken
/// @param reviewBy by when the review is due
/// @param review the review afterwards, once there is one
public record Emergency(String reason, Instant at, Instant reviewBy, Optional<Review> review) {

  /// Whether the review is still owed.
  public boolean owed() {
    return review.isEmpty();
  }
}
