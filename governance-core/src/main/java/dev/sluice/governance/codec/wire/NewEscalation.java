package dev.sluice.governance.codec.wire;

/// Lets the people whom the rule names for later decide a request now.
///
/// @param comment why, for them; may be empty
public record NewEscalation(String comment) {}
