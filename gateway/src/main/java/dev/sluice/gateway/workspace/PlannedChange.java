package dev.sluice.gateway.workspace;

import dev.sluice.governance.sql.StatementText;

/// One of several changes that are made together or not at all.
///
/// @param expected rows it must affect; -1 for any number
public record PlannedChange(StatementText statement, long expected) {}
