package dev.sluice.governance.codec.wire;

import dev.sluice.governance.approval.Review;

/// One person's word on a request; who says it comes from the session.
///
/// @param verdict approve or reject
/// @param comment may be empty for an approval, never for a rejection
public record NewReview(Review.Verdict verdict, String comment) {}
