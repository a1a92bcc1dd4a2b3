package dev.sluice.server.pairing;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.wire.Push;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.Ids;
import dev.sluice.server.OversightProblems;
import dev.sluice.server.PairingProblems;
import dev.sluice.server.directory.Sessions;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.push.Outbox;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// What owners have said of their agents. It is looked up in the store each time, so that it holds
/// on all servers of the store from its commit on.
public final class AgentControls {

  private static final int LONGEST_REASON = 500;
  private static final int SHORTEST_WAIT = 5;
  private static final int LONGEST_WAIT = 600;

  private final Store store;
  private final Ledger ledger;
  private final Sessions sessions;
  private final InstantSource clock;

  public AgentControls(Store store, Ledger ledger, Sessions sessions, InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.sessions = sessions;
    this.clock = clock;
  }

  /// An agent by its key, and a name for the eye.
  record Named(String key, String name) {}

  /// What holds for one agent.
  ///
  /// @param confirmSeconds how long its statements wait for a word; 0 when none has to
  record Control(
      String agentKey,
      String agentName,
      String ownerKey,
      String ownerName,
      int confirmSeconds,
      boolean stopped,
      String stopReason) {}

  static Optional<Control> of(Handle handle, String agentKey) {
    return handle
        .createQuery("SELECT * FROM agent_control WHERE agent_key = ?")
        .bind(0, agentKey)
        .map((row, context) -> control(row))
        .findOne();
  }

  static List<Control> ofOwner(Handle handle, String ownerKey) {
    return handle
        .createQuery("SELECT * FROM agent_control WHERE owner_key = ? ORDER BY agent_name")
        .bind(0, ownerKey)
        .map((row, context) -> control(row))
        .list();
  }

  private static Control control(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Control(
        row.getString("agent_key"),
        row.getString("agent_name"),
        row.getString("owner_key"),
        row.getString("owner_name"),
        (int) row.getLong("confirm_seconds"),
        row.getLong("stopped_at") > 0,
        row.getString("stop_reason"));
  }

  /// Ends every session of an agent, what runs in them, and lets none begin.
  void stop(Actor owner, Named agent, String why) {
    String reason = why.strip();
    if (reason.length() > LONGEST_REASON) {
      throw OversightProblems.reasonNeeded();
    }
    store.write(
        transaction -> {
          keep(transaction, owner, agent);
          transaction
              .handle()
              .execute(
                  "UPDATE agent_control SET stopped_at = ?, stop_reason = ? WHERE agent_key = ?",
                  clock.millis(),
                  reason,
                  agent.key());
          Confirmations.declineAll(transaction.handle(), agent.key());
          return tell(transaction, "agent.stopped", owner, agent, Map.of("reason", reason));
        });
    sessions.endAll(
        agent.key(),
        owner.principal().displayName()
            + " stopped this agent"
            + (reason.isEmpty() ? "." : ": " + reason));
  }

  /// Lets an agent begin sessions again.
  void resume(Actor owner, Named agent) {
    store.write(
        transaction -> {
          keep(transaction, owner, agent);
          transaction
              .handle()
              .execute(
                  "UPDATE agent_control SET stopped_at = 0, stop_reason = '' WHERE agent_key = ?",
                  agent.key());
          return tell(transaction, "agent.resumed", owner, agent, Map.of());
        });
  }

  /// @param seconds 0, or 5 to 600
  void confirmEach(Actor owner, Named agent, int seconds) {
    if (seconds != 0 && (seconds < SHORTEST_WAIT || seconds > LONGEST_WAIT)) {
      throw PairingProblems.confirmTerms();
    }
    store.write(
        transaction -> {
          keep(transaction, owner, agent);
          transaction
              .handle()
              .execute(
                  "UPDATE agent_control SET confirm_seconds = ? WHERE agent_key = ?",
                  seconds,
                  agent.key());
          return tell(
              transaction, "agent.confirm-each", owner, agent, Map.of("seconds", (long) seconds));
        });
  }

  /// The row of an agent, of its present owner.
  private static void keep(Transaction transaction, Actor owner, Named agent) {
    transaction
        .handle()
        .execute(
            "INSERT INTO agent_control (agent_key, owner_key, owner_name, agent_name,"
                + " confirm_seconds, stopped_at, stop_reason) VALUES (?, ?, ?, ?, 0, 0, '')"
                + " ON CONFLICT (agent_key) DO UPDATE SET owner_key = excluded.owner_key,"
                + " owner_name = excluded.owner_name, agent_name = excluded.agent_name",
            agent.key(),
            owner.principal().key(),
            owner.principal().displayName(),
            agent.name());
  }

  private long tell(
      Transaction transaction, String kind, Actor owner, Named agent, Map<String, Object> more) {
    Instant now = clock.instant();
    Map<String, Object> fields = new TreeMap<>(more);
    fields.put("actorName", owner.principal().displayName());
    fields.put("agent", agent.key());
    fields.put("agentName", agent.name());
    ledger.append(
        transaction,
        new AuditEvent(
            Ids.next(), kind, 1, now, owner.principal().key(), owner.kind(), agent.key(), fields));
    changed(transaction, owner.principal().key(), now.toEpochMilli());
    return 0;
  }

  /// Tells an owner's windows that something about their agents is new.
  static void changed(Transaction transaction, String ownerKey, long at) {
    Outbox.add(transaction, ownerKey, new Push("agents-changed", Optional.empty(), 0, ""), at);
  }
}
