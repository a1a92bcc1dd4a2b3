package dev.sluice.governance.codec.wire;

import dev.sluice.governance.approval.Conditions;

/// One person's approval of less than was asked for; who says it comes from the session. A server
/// that knows no conditions does not know the address that takes it: they are never dropped.
///
/// @param comment may be empty
/// @param conditions at least one bound, none wider than what was asked for
public record ConditionalApproval(String comment, Conditions conditions) {}
