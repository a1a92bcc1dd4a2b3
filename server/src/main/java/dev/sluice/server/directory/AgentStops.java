package dev.sluice.server.directory;

import dev.sluice.governance.identity.Actor;
import dev.sluice.server.PairingProblems;
import org.jdbi.v3.core.Handle;

/// Agents that their owner has stopped.
public final class AgentStops {

  private AgentStops() {}

  /// Refuses an agent that may do nothing now. Asked in the transaction that opens a session, so
  /// that none is opened beside the stop.
  ///
  /// @throws dev.sluice.server.ServerProblem `agent-stopped`, with who and why
  public static void requireFree(Handle handle, Actor actor) {
    if (actor instanceof Actor.Person) {
      return;
    }
    handle
        .createQuery(
            "SELECT owner_name, stop_reason FROM agent_control"
                + " WHERE agent_key = ? AND stopped_at > 0")
        .bind(0, actor.principal().key())
        .map(
            (row, context) ->
                PairingProblems.stopped(row.getString("owner_name"), row.getString("stop_reason")))
        .findOne()
        .ifPresent(
            problem -> {
              throw problem;
            });
  }
}
