package dev.sluice.server.directory;

import dev.sluice.governance.identity.Actor;
import java.util.Optional;

/// Who there is: local accounts, people of identity providers, and service identities.
public final class Directory {

  private final Accounts accounts;
  private final People people;
  private final ServiceIdentities services;

  public Directory(Accounts accounts, People people, ServiceIdentities services) {
    this.accounts = accounts;
    this.people = people;
    this.services = services;
  }

  /// Somebody as they are now, with today's groups and roles; empty when they are gone.
  ///
  /// @param stored as they were when their session was opened
  public Optional<Actor> current(Actor stored) {
    String subject = stored.principal().subject();
    return switch (stored.principal().issuer()) {
      case Accounts.ISSUER -> accounts.current(subject);
      case ServiceIdentities.ISSUER -> services.current(subject);
      default ->
          stored instanceof Actor.Person
              ? people.find(stored.principal().key()).map(known -> known)
              : Optional.of(stored);
    };
  }
}
