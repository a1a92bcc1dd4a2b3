package dev.sluice.governance.codec.wire;

/// An owner's word on a statement of their agent.
///
/// @param answer `confirm`, `decline`, `take-over`
public record ConfirmationAnswer(String answer) {}
