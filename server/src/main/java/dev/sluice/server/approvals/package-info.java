/// Requests and what becomes of them: the pure machine of the core over a store that compares and
/// sets.
@NullMarked
package dev.sluice.server.approvals;

import org.jspecify.annotations.NullMarked;
