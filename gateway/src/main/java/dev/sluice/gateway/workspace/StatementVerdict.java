package dev.sluice.gateway.workspace;

import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.StatementAnalysis;

/// One statement of a script and what would happen with it. `analysis.statement().span()` is its
/// place in the script; other spans are relative to the statement.
public record StatementVerdict(StatementAnalysis analysis, Decision decision) {}
