package dev.sluice.server.directory;

import dev.sluice.governance.identity.Principal;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Who is signed in, for whoever watches over the server.
public final class OpenSessions {

  private static final int MOST = 500;

  private OpenSessions() {}

  /// @param kind `person`, `agent`, `pipeline`
  /// @param owner for whom an agent acts, empty otherwise
  /// @param signedInAt [Instant#EPOCH] when not known
  public record Open(String id, String kind, String name, String owner, Instant signedInAt) {}

  /// The open ones, those that signed in last first, at most 500.
  public static List<Open> of(Handle handle, Instant now) {
    return handle
        .createQuery(
            "SELECT * FROM session WHERE ended_at = 0 AND renewable_until > ?"
                + " AND token_expires_at > ? ORDER BY authenticated_at DESC, id LIMIT "
                + MOST)
        .bind(0, now.toEpochMilli())
        .bind(1, now.toEpochMilli())
        .map((row, context) -> SessionRow.of(row))
        .list()
        .stream()
        .map(
            row ->
                new Open(
                    row.id(),
                    row.actor().kind(),
                    row.actor().principal().displayName(),
                    row.actor().onBehalfOf().map(Principal::displayName).orElse(""),
                    row.authenticatedAt()))
        .toList();
  }
}
