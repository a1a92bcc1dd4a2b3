package dev.sluice.governance.approval;

import dev.sluice.governance.identity.Principal;
import java.time.Instant;
import java.util.Optional;

/// One person's word on a request.
///
/// @param reviewer a person; compared by issuer and subject
/// @param verdict approve or reject
/// @param comment may be empty for an approval, never for a rejection
/// @param at server time
/// @param standingInFor the approver whose seat the reviewer fills while that person is away; empty
///     for the reviewer's own seat
/// @param conditions what an approval is narrowed to; none for a rejection
public record Review(
    Principal reviewer,
    Verdict verdict,
    String comment,
    Instant at,
    Optional<Principal> standingInFor,
    Conditions conditions) {

  /// A word from the reviewer's own seat.
  public Review(Principal reviewer, Verdict verdict, String comment, Instant at) {
    this(reviewer, verdict, comment, at, Optional.empty(), Conditions.NONE);
  }

  /// Whether somebody has had their say through this review: as its reviewer, or as the one whose
  /// seat it fills.
  public boolean speaksFor(Principal person) {
    return reviewer.isSameAs(person)
        || standingInFor.filter(absent -> absent.isSameAs(person)).isPresent();
  }

  public enum Verdict {
    APPROVE,
    REJECT
  }
}
