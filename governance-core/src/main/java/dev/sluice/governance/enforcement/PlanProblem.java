package dev.sluice.governance.enforcement;

/// Why a plan must not be applied.
///
/// @param object the thing that is not understood or stands in the way
/// @param message one sentence for people
/// @param wayOut one sentence: what to do
public record PlanProblem(String object, String message, String wayOut) {}
