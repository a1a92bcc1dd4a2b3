package dev.sluice.governance.sql.internal.resolve;

/// A named value: a column of a table, a subquery, a row.
public record Field(String name, Value value) {}
