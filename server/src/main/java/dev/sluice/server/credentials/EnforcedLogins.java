package dev.sluice.server.credentials;

import dev.sluice.server.Target;
import dev.sluice.server.enforcement.EnforcedDatabases;
import dev.sluice.server.policies.Policies;
import java.time.InstantSource;
import java.util.Optional;

/// Who makes logins where the database masks by itself.
public final class EnforcedLogins {

  private final EnforcedDatabases databases;
  private final Policies policies;
  private final UnmaskedColumns unmasked;
  private final InstantSource clock;

  public EnforcedLogins(
      EnforcedDatabases databases,
      Policies policies,
      UnmaskedColumns unmasked,
      InstantSource clock) {
    this.databases = databases;
    this.policies = policies;
    this.unmasked = unmasked;
    this.clock = clock;
  }

  Optional<LoginIssuer> issuer(Target target) {
    return databases
        .find(target)
        .map(database -> new EnforcedIssuer(database, policies, unmasked, clock));
  }
}
