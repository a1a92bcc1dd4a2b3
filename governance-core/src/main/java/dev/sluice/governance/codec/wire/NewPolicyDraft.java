package dev.sluice.governance.codec.wire;

/// A policy that somebody proposes.
///
/// @param yaml the whole document, exactly as it is to be signed
/// @param comment what it is for
public record NewPolicyDraft(String yaml, String comment) {}
