package dev.sluice.governance.sql;

/// Why a statement is not understood, with the place and what a person can do. A statement with a
/// refusal never runs.
///
/// @param code stable identifier such as `unknown-column`, for programs
/// @param message one sentence for people
/// @param span where in the statement text
/// @param wayOut one sentence: what to do next
public record Refusal(String code, String message, Span span, String wayOut) {}
