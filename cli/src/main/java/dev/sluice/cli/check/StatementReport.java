package dev.sluice.cli.check;

import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.StatementAnalysis;
import java.util.Optional;

/// One statement, what it is and what would happen with it.
///
/// @param analysis its statement's span is its place in the script; other spans are relative to it
/// @param decision empty without a policy
public record StatementReport(StatementAnalysis analysis, Optional<Decision> decision) {}
