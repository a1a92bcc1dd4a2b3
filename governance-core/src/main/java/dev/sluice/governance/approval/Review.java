package dev.sluice.governance.approval;

import dev.sluice.governance.identity.Principal;
import java.time.Instant;

/// One person's word on a request.
///
/// @param reviewer a person; compared by issuer and subject
/// @param verdict approve or reject
/// @param comment may be empty for an approval, never for a rejection
/// @param at server time
public record Review(Principal reviewer, Verdict verdict, String comment, Instant at) {
  public enum Verdict {
    APPROVE,
    REJECT
  }
}
