package dev.sluice.governance.enforcement;

/// What a reviewer should know about a plan that can be applied: a column shown as NULL because its
/// mask needs a key, a view that is not exposed, a grant moved from PUBLIC.
public record PlanNote(String object, String message) {}
