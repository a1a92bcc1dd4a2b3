package dev.sluice.server.approvals;

import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.UnmaskGrant;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.policy.Unmasking;
import dev.sluice.server.credentials.UnmaskedColumns;
import dev.sluice.server.policies.Policies;
import dev.sluice.server.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The masks that are lifted now, and for whom. Read from the store each time, so that a grant that
/// was taken back holds nowhere any more.
public final class UnmaskGrants {

  private final Store store;
  private final InstantSource clock;

  public UnmaskGrants(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// What holds for somebody now, on all connections; nothing for agents and pipelines.
  public List<UnmaskGrant> of(Actor actor) {
    if (!(actor instanceof Actor.Person person)) {
      return List.of();
    }
    Instant now = clock.instant();
    return store.read(handle -> ApprovalTables.unmasking(handle, person.principal().key())).stream()
        .map(ApprovalRequest::unmaskGrant)
        .flatMap(java.util.Optional::stream)
        .filter(grant -> grant.holdsFor(person, grant.connection(), now))
        .toList();
  }

  /// These grants as far as the policy in force still lets masks be lifted.
  public UnmaskedColumns under(Policies policies) {
    return new UnmaskedColumns() {
      @Override
      public Set<ColumnRef> of(Actor actor, String connection) {
        return columns(actor, connection, policies.inForce().loaded().bundle());
      }

      @Override
      public java.util.Optional<Instant> until(Actor actor, String connection) {
        return UnmaskGrants.this.until(actor, connection);
      }
    };
  }

  /// When the first grant of somebody on a connection ends.
  public java.util.Optional<Instant> until(Actor actor, String connection) {
    return of(actor).stream()
        .filter(grant -> grant.connection().equals(connection))
        .map(UnmaskGrant::until)
        .min(java.util.Comparator.naturalOrder());
  }

  /// The columns of a connection that somebody sees as they are now, as far as the policy in force
  /// still lets their masks be lifted.
  public Set<ColumnRef> columns(Actor actor, String connection, PolicyBundle bundle) {
    return of(actor).stream()
        .filter(grant -> grant.connection().equals(connection))
        .flatMap(grant -> grant.columns().stream())
        .filter(column -> Unmasking.mayLift(bundle, connection, column))
        .collect(Collectors.toUnmodifiableSet());
  }
}
