/// What happened, written so that nobody can quietly change it.
///
/// [AuditEvent] is one thing that happened. [CanonicalJson] gives it exactly one spelling (RFC
/// 8785), [AuditChain] links those spellings by SHA-256 and names the first link that does not
/// hold, [MerkleTree] (RFC 6962) proves to somebody who kept an old root that the log only grew,
/// and [Checkpoint] is such a root, signed in the C2SP note form.
///
/// Everything here is a function of its arguments: no clock, no storage, no randomness.
@NullMarked
package dev.sluice.governance.audit;

import org.jspecify.annotations.NullMarked;
