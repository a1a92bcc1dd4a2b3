package dev.sluice.server.execution;

import dev.sluice.server.ApprovalProblems;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Which announced changes a server has taken upon itself: each at most once.
final class ChangeClaims {

  private static final String UNDER_WAY = "UNDER_WAY";
  private static final String ENDED = "ENDED";

  private ChangeClaims() {}

  /// @throws dev.sluice.server.ServerProblem when it was taken before
  static void take(Handle handle, String intentId, String serverId, Instant at) {
    int taken =
        handle.execute(
            "INSERT INTO allowed_change (intent_id, server_id, state, started_at)"
                + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            intentId,
            serverId,
            UNDER_WAY,
            at.toEpochMilli());
    if (taken != 1) {
      throw ApprovalProblems.refused(
          "change-taken",
          "The server has taken this change upon itself before.",
          "See in your timeline how it ended; run the statement anew if it is still needed.");
    }
  }

  /// @return whether it was not known before how it ended
  static boolean end(Handle handle, String intentId) {
    return handle.execute(
            "UPDATE allowed_change SET state = ? WHERE intent_id = ? AND state = ?",
            ENDED,
            intentId,
            UNDER_WAY)
        == 1;
  }

  /// What processes that are gone left under way.
  ///
  /// @param alone no other process works on this store
  static List<String> leftBehind(Handle handle, String serverId, boolean alone) {
    return handle
        .createQuery(
            "SELECT intent_id FROM allowed_change WHERE state = ? AND server_id <> ?"
                + " AND (? = 1 OR server_id NOT IN (SELECT id FROM server_process))")
        .bind(0, UNDER_WAY)
        .bind(1, serverId)
        .bind(2, alone ? 1 : 0)
        .mapTo(String.class)
        .list();
  }
}
