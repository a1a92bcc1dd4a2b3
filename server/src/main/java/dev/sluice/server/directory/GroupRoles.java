package dev.sluice.server.directory;

import dev.sluice.governance.codec.wire.GroupRole;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.server.AdminEvents;
import dev.sluice.server.AdminProblems;
import dev.sluice.server.Problems;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// Which groups bring which roles, for people of every identity provider and of the server itself.
public final class GroupRoles {

  /// Every role there is.
  public static final Set<String> ROLES =
      Set.of("analyst", "auditor", "policy-admin", "server-admin");

  private final Store store;
  private final Ledger ledger;
  private final InstantSource clock;

  public GroupRoles(Store store, Ledger ledger, InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.clock = clock;
  }

  /// Somebody with the roles of their groups besides their own.
  public Principal with(Principal principal) {
    return store.read(handle -> with(handle, principal));
  }

  static Principal with(Handle handle, Principal principal) {
    Set<String> roles = new TreeSet<>(principal.roles());
    all(handle).stream()
        .filter(mapped -> principal.groups().contains(mapped.group()))
        .forEach(mapped -> roles.add(mapped.role()));
    return roles.equals(principal.roles())
        ? principal
        : new Principal(
            principal.issuer(),
            principal.subject(),
            principal.email(),
            principal.displayName(),
            principal.groups(),
            roles);
  }

  public List<GroupRole> all() {
    return store.read(GroupRoles::all);
  }

  /// From now on the group brings the role.
  public void add(Actor by, GroupRole wanted) {
    if (!ROLES.contains(wanted.role())) {
      throw unknownRole(wanted.role());
    }
    if (wanted.group().isBlank() || wanted.group().length() > 200) {
      throw AdminProblems.invalid(
          "group-invalid", "A group has a name.", "Write it as the identity provider does.");
    }
    if (by.principal().groups().contains(wanted.group())
        && !by.principal().roles().contains(wanted.role())) {
      throw AdminProblems.ownAccount();
    }
    Instant now = clock.instant();
    store.write(
        transaction -> {
          transaction
              .handle()
              .execute(
                  "INSERT INTO group_role (group_name, role) VALUES (?, ?) ON CONFLICT DO NOTHING",
                  wanted.group(),
                  wanted.role());
          return ledger.append(
              transaction,
              AdminEvents.of(
                  "role.mapped",
                  by,
                  now,
                  "group/" + wanted.group(),
                  Map.of("group", wanted.group(), "role", wanted.role())));
        });
  }

  /// From now on it does not.
  public void remove(Actor by, GroupRole unwanted) {
    Instant now = clock.instant();
    store.write(
        transaction -> {
          int removed =
              transaction
                  .handle()
                  .execute(
                      "DELETE FROM group_role WHERE group_name = ? AND role = ?",
                      unwanted.group(),
                      unwanted.role());
          if (removed == 0) {
            throw Problems.notFound("mapping");
          }
          return ledger.append(
              transaction,
              AdminEvents.of(
                  "role.unmapped",
                  by,
                  now,
                  "group/" + unwanted.group(),
                  Map.of("group", unwanted.group(), "role", unwanted.role())));
        });
  }

  static RuntimeException unknownRole(String role) {
    return AdminProblems.invalid(
        "role-unknown",
        "There is no role \"" + (role.length() > 60 ? role.substring(0, 60) : role) + "\".",
        "The roles are analyst, auditor, policy-admin and server-admin; who approves is said by"
            + " the policy's rules.");
  }

  private static List<GroupRole> all(Handle handle) {
    return handle
        .createQuery("SELECT group_name, role FROM group_role ORDER BY group_name, role")
        .map((row, context) -> new GroupRole(row.getString("group_name"), row.getString("role")))
        .list();
  }
}
