package dev.sluice.governance.codec.wire;

/// Asks what a policy would have done.
///
/// @param yaml the whole document
/// @param days how far back, 1 to 365
public record NewWhatIf(String yaml, int days) {}
