package dev.sluice.governance.approval;

import java.time.Instant;

/// The right, given by an approved request, to run its capsule once. It was consumed on the server
/// when this object was made.
///
/// @param rowCeiling more affected rows than this roll back: the capsule's or what an approver
///     narrowed it to; -1 when unlimited
public record Grant(
    String requestId, String executionId, Capsule capsule, Instant useBy, long rowCeiling) {

  /// A grant of all that the capsule asks for.
  public Grant(String requestId, String executionId, Capsule capsule, Instant useBy) {
    this(requestId, executionId, capsule, useBy, capsule.rowCeiling());
  }
}
