/// What a human decided, and what it gives a right to.
///
/// A request is opened by [ApprovalMachine#open] and moved by [ApprovalMachine#apply]; both are
/// pure. The store keeps the result if the revision is still the one it was made from.
///
/// ```
///            review (rejected)
///   PENDING ------------------> REJECTED
///     |  \--- cancel ---------> CANCELLED
///     |  \--- revoke ---------> REVOKED
///     |  \--- decide-by past -> EXPIRED_PENDING
///     | review (quorum filled)
///     v
///   APPROVED -- redeem, last use --------> EXHAUSTED
///     |  \--- use-by past, unmasking ----> EXHAUSTED
///     |  ^-- redeem, uses left
///     |  \--- redeem, capsule differs ---> STALE
///     |  \--- use-by past ---------------> EXPIRED_UNUSED
///     |  \--- cancel --------------------> CANCELLED
///     |  \--- revoke --------------------> REVOKED
/// ```
///
/// What an approved request gives is a [Right]: to run its capsule, to see columns unmasked for a
/// while (an [UnmaskGrant]), or to export. Its requester may break the glass where the policy says
/// so: PENDING becomes APPROVED with an [Emergency] and no review; the review comes afterwards.
///
/// Each use is an [Execution] of its own: `EXECUTING` to `EXECUTED`, `FAILED` or
/// `UNKNOWN_OUTCOME`. A use is consumed when it starts and never given back.
///
/// Whoever asks for a right that time or drift has ended gets the ended request, not a refusal: the
/// answer to a redemption counts only when the state that comes back is APPROVED or EXHAUSTED and
/// `uses` went up.
@NullMarked
package dev.sluice.governance.approval;

import org.jspecify.annotations.NullMarked;
