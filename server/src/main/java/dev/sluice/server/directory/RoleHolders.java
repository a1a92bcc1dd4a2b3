package dev.sluice.server.directory;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.PersonInfo;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Who has a role, as far as the server can know: its own accounts that are not disabled, and
/// people of identity providers that were vouched for lately.
public final class RoleHolders {

  private static final Duration LATELY = Duration.ofDays(90);

  private final Store store;
  private final InstantSource clock;

  public RoleHolders(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Principal keys.
  public Set<String> of(String role) {
    return Set.copyOf(named(role).keySet());
  }

  /// Names by principal key.
  public Map<String, String> named(String role) {
    return store.read(
        handle -> {
          Map<String, String> holders = new TreeMap<>();
          for (PersonInfo person : LocalPeople.holders(handle, role)) {
            holders.put(Accounts.ISSUER + "|" + person.account(), person.displayName());
          }
          addVisitors(handle, role, holders);
          return holders;
        });
  }

  private void addVisitors(Handle handle, String role, Map<String, String> holders) {
    handle
        .createQuery("SELECT actor FROM person WHERE verified_at > ?")
        .bind(0, clock.millis() - LATELY.toMillis())
        .mapTo(String.class)
        .forEach(
            json -> {
              if (read(json) instanceof Actor.Person person
                  && GroupRoles.with(handle, person.principal()).roles().contains(role)) {
                holders.put(person.principal().key(), person.principal().displayName());
              }
            });
  }

  private static Actor read(String json) {
    try {
      return JsonCodec.read(json, Actor.class);
    } catch (JsonCodec.MalformedJson e) {
      throw new IllegalStateException("A session in the store is not readable.", e);
    }
  }
}
