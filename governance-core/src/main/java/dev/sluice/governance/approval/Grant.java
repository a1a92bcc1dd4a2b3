package dev.sluice.governance.approval;

import java.time.Instant;

/// The right, given by an approved request, to run its capsule once. It was consumed on the server
/// when this object was made.
public record Grant(String requestId, String executionId, Capsule capsule, Instant useBy) {}
