package dev.sluice.server;

import dev.sluice.gateway.execution.MaskerFactory;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.server.policies.PolicyLoader;

/// The parts of the core that the server decides and masks with.
///
/// @param analyzer reads statements
/// @param policies reads bundles
/// @param maskers masks results
public record CoreParts(StatementAnalyzer analyzer, PolicyLoader policies, MaskerFactory maskers) {}
