package dev.sluice.governance.codec.wire;

import dev.sluice.governance.approval.ApprovalRequest;
import java.util.Optional;

/// One server-sent event's data.
///
/// @param kind `request-changed`, `policy-changed`, `timeline-grew`, `freeze-changed`,
///     `session-ended`, `resync`
/// @param request for `request-changed`
/// @param number policy version or log sequence, 0 when not applicable
/// @param reason for `session-ended`; for `request-changed` the kind of the log entry about it;
///     empty otherwise
public record Push(String kind, Optional<ApprovalRequest> request, long number, String reason) {}
