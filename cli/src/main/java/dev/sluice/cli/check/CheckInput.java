package dev.sluice.cli.check;

import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.DeclaredFunction;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.sql.Dialect;
import java.util.List;
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
    Optional<ReadyPolicy> policy,
    Actor actor,
    ConnectionContext connection) {

  /// The catalog with the functions that a policy vouches for.
  public static CatalogSnapshot with(CatalogSnapshot catalog, Optional<ReadyPolicy> policy) {
    List<DeclaredFunction> functions =
        policy.map(ready -> ready.bundle().functions()).orElse(List.of());
    return functions.isEmpty() ? catalog : catalog.withFunctions(functions);
  }
}
