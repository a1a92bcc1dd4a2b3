package dev.sluice.server.directory;

import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Who is signed in, for whoever watches over the server.
public final class OpenSessions {

  private static final int MOST = 500;

  private OpenSessions() {}

  /// @param kind `person`, `agent`, `pipeline`
  /// @param owner for whom an agent acts, empty otherwise
  /// @param signedInAt [Instant#EPOCH] when not known
  public record Open(String id, String kind, String name, String owner, Instant signedInAt) {}

  /// A session of an agent.
  ///
  /// @param actor as it was when the session began
  /// @param since when that was
  public record OfAgent(Actor.Agent actor, Instant since, boolean open) {}

  /// The sessions of agents of one person: open ones, and those that were a while ago.
  ///
  /// @param from sessions that ended before are left out
  public static List<OfAgent> ofAgents(Handle handle, Principal owner, Instant now, Instant from) {
    return handle
        .createQuery(
            "SELECT * FROM session WHERE renewable_until > ? AND actor LIKE ? ESCAPE '!' ORDER BY"
                + " id")
        .bind(0, from.toEpochMilli())
        // A first sieve; whose it is, is looked at below.
        .bind(1, "%" + escaped(owner.subject()) + "%")
        .map(
            (row, context) ->
                ofAgent(
                    SessionRow.of(row),
                    row.getLong("ended_at") == 0
                        && row.getLong("renewable_until") > now.toEpochMilli()
                        && row.getLong("token_expires_at") > now.toEpochMilli()))
        .list()
        .stream()
        .flatMap(Optional::stream)
        .filter(each -> each.actor().owner().isSameAs(owner))
        .toList();
  }

  private static String escaped(String text) {
    // As it stands in JSON, as far as that is the text itself.
    String plain = text.matches("[A-Za-z0-9 @._:|-]*") ? text : "";
    return plain.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  private static Optional<OfAgent> ofAgent(SessionRow row, boolean open) {
    return row.actor() instanceof Actor.Agent agent
        ? Optional.of(new OfAgent(agent, row.renewableUntil().minus(Sessions.LONGEST), open))
        : Optional.empty();
  }

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
