package dev.sluice.cli.check;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.sql.Dialect;
import java.util.Optional;

/// What one line or one command asks.
///
/// @param dialect in which the text is read
/// @param catalog what it may refer to
/// @param text the script
/// @param policy what decides; empty: only the analysis is answered
/// @param actor who asks
/// @param connection where it would run
public record CheckInput(
    Dialect dialect,
    CatalogSnapshot catalog,
    String text,
    Optional<LoadedPolicy> policy,
    Actor actor,
    ConnectionContext connection) {}
