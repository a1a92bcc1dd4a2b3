package dev.sluice.gateway.execution;

/// A warning or notice of the database, raw: it may carry values and is never shown as it is.
///
/// @param sqlState five characters, or empty
/// @param message the database's words
public record BackendNotice(String sqlState, String message) {}
