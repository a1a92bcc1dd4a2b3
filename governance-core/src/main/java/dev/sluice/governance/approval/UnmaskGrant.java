package dev.sluice.governance.approval;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.identity.Actor;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/// The right, given by an approved request, to see some columns of one connection as they are until
/// an instant. It lifts a mask only where the policy in force still says that the mask may be
/// lifted, for nobody but its holder, and never for an agent of theirs.
///
/// @param requestId the approved request
/// @param holder principal key of the person who asked
/// @param connection name
/// @param columns at least one
/// @param until the first instant at which it no longer holds, server time
public record UnmaskGrant(
    String requestId, String holder, String connection, Set<ColumnRef> columns, Instant until) {
  public UnmaskGrant {
    columns = java.util.Collections.unmodifiableSet(new TreeSet<>(columns));
  }

  /// Whether it holds for somebody on a connection at an instant.
  public boolean holdsFor(Actor actor, String onConnection, Instant at) {
    return actor instanceof Actor.Person person
        && person.principal().key().equals(holder)
        && connection.equals(onConnection)
        && at.isBefore(until);
  }
}
