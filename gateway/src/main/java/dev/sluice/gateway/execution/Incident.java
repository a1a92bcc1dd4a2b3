package dev.sluice.gateway.execution;

/// Something that must not happen and was caught. Goes to the audit log; carries no value.
///
/// @param code `origin-not-as-planned`, `value-shape`
/// @param ordinal the result column
/// @param detail one sentence
public record Incident(String code, int ordinal, String detail) {}
