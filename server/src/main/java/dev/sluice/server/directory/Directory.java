package dev.sluice.server.directory;

import dev.sluice.governance.identity.Actor;
import dev.sluice.server.store.Store;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Who there is: local accounts, people of identity providers, and service identities.
public final class Directory {

  private final Store store;
  private final ServiceIdentities services;

  public Directory(Store store, ServiceIdentities services) {
    this.store = store;
    this.services = services;
  }

  /// Somebody as they are now, with today's groups and roles; empty when they are gone.
  ///
  /// @param stored as they were when their session was opened
  public Optional<Actor> current(Actor stored) {
    return store.read(handle -> current(handle, stored));
  }

  /// The same within a read that is under way, so that it takes one connection.
  Optional<Actor> current(Handle handle, Actor stored) {
    String subject = stored.principal().subject();
    return switch (stored.principal().issuer()) {
      case Accounts.ISSUER -> Accounts.current(handle, subject);
      case ServiceIdentities.ISSUER -> services.current(handle, subject);
      default ->
          stored instanceof Actor.Person
              ? People.find(handle, stored.principal().key()).map(known -> known)
              : Optional.of(stored);
    };
  }
}
