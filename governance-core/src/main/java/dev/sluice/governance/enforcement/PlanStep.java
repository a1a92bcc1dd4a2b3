package dev.sluice.governance.enforcement;

/// One statement of a plan.
///
/// @param object what it is about, for people
/// @param why one sentence for the reviewer
/// @param sql one statement in the engine's dialect, without delimiter
public record PlanStep(String object, String why, String sql) {}
