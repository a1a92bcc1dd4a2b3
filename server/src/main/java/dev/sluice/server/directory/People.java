package dev.sluice.server.directory;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// People of identity providers, as their provider last vouched for them.
public final class People {

  private final Store store;
  private final Accounts accounts;
  private final Duration ownerAge;
  private final InstantSource clock;

  /// @param ownerAge an agent works for a provider's person only while the provider has vouched for
  ///     that person no longer ago than this
  public People(Store store, Accounts accounts, Duration ownerAge, InstantSource clock) {
    this.store = store;
    this.accounts = accounts;
    this.ownerAge = ownerAge;
    this.clock = clock;
  }

  /// Keeps what a provider just said of somebody.
  static void keep(Handle handle, Actor.Person person, Instant now) {
    handle.execute(
        "INSERT INTO person (principal_key, actor, verified_at) VALUES (?, ?, ?)"
            + " ON CONFLICT (principal_key) DO UPDATE SET actor = excluded.actor,"
            + " verified_at = excluded.verified_at",
        person.principal().key(),
        JsonCodec.write(person),
        now.toEpochMilli());
  }

  /// A provider's person with the groups and roles of their last verification.
  public Optional<Actor.Person> find(String principalKey) {
    return store.read(handle -> find(handle, principalKey));
  }

  static Optional<Actor.Person> find(Handle handle, String principalKey) {
    return find(handle, principalKey, Instant.EPOCH);
  }

  /// The person an agent works for: a local account, or a provider's person who was vouched for
  /// lately.
  ///
  /// @param owner key of a principal, or a local account's name
  Optional<Principal> owner(String owner) {
    return store.read(handle -> owner(handle, owner));
  }

  Optional<Principal> owner(Handle handle, String owner) {
    String local = Accounts.ISSUER + "|";
    if (!owner.contains("|") || owner.startsWith(local)) {
      String account = owner.startsWith(local) ? owner.substring(local.length()) : owner;
      return Accounts.current(handle, account)
          .filter(Actor.Person.class::isInstance)
          .map(Actor::principal);
    }
    return find(handle, owner, clock.instant().minus(ownerAge)).map(Actor.Person::principal);
  }

  private static Optional<Actor.Person> find(
      Handle handle, String principalKey, Instant notBefore) {
    return handle
        .createQuery("SELECT actor FROM person WHERE principal_key = ? AND verified_at >= ?")
        .bind(0, principalKey)
        .bind(1, notBefore.toEpochMilli())
        .mapTo(String.class)
        .findOne()
        .map(People::read)
        .map(
            person ->
                new Actor.Person(GroupRoles.with(handle, person.principal()), person.labels()));
  }

  private static Actor.Person read(String json) {
    try {
      return JsonCodec.read(json, Actor.Person.class);
    } catch (JsonCodec.MalformedJson e) {
      throw new IllegalStateException("A person in the store is not readable.", e);
    }
  }
}
