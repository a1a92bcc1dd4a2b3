package dev.sluice.server.pairing;

import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.AgentList.Waiting;
import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.Ids;
import dev.sluice.server.PairingProblems;
import dev.sluice.server.Problems;
import dev.sluice.server.Sealer;
import dev.sluice.server.ServerProblem;
import dev.sluice.server.directory.Session;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/// Statements of agents that wait for their owner's word. A word lets a statement go on to the
/// rules; it is no approval, and what needs one still does.
public final class Confirmations {

  private static final int MOST_WAITING = 10;
  private static final long LOOK = 100;
  private static final String WAITING = "";
  private static final Set<String> ANSWERS = Set.of("confirm", "decline", "take-over");

  private final Store store;
  private final Ledger ledger;
  private final Sealer sealer;
  private final Predicate<String> isLive;
  private final InstantSource clock;

  /// @param isLive whether a session is still there
  public Confirmations(
      Store store, Ledger ledger, Sealer sealer, Predicate<String> isLive, InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.sealer = sealer;
    this.isLive = isLive;
    this.clock = clock;
  }

  /// Waits until a statement may go on; at once when nobody wants to be asked.
  ///
  /// @return whether it was waited, in which what held before may have changed
  /// @throws ServerProblem `not-confirmed`, `taken-over`, `confirm-timeout`, `too-many-waiting`
  public boolean require(Session session, StatementIntent intent) {
    return require(
        session, intent.connection(), intent.statement(), intent.columnsMasked(), intent.labels());
  }

  /// As the other, for a statement that was approved.
  public void require(Session session, ApprovalRequest approved) {
    require(
        session,
        approved.capsule().connection(),
        approved.capsule().text(),
        List.of(),
        approved.requester().labels());
  }

  private boolean require(
      Session session,
      String connection,
      String statement,
      List<String> masked,
      Map<String, String> labels) {
    if (!(session.actor() instanceof Actor.Agent agent)) {
      return false;
    }
    Optional<AgentControls.Control> control =
        store
            .read(handle -> AgentControls.of(handle, session.principalKey()))
            .filter(each -> each.confirmSeconds() > 0);
    if (control.isEmpty()) {
      return false;
    }
    int seconds = control.get().confirmSeconds();
    Instant now = Instant.ofEpochMilli(clock.millis());
    Waiting waiting =
        new Waiting(
            Ids.next(), connection, statement, masked, labels, now, now.plusSeconds(seconds));
    String owner = agent.owner().key();
    String answer = await(session, owner, waiting);
    recordAnswer(session, agent, owner, waiting, answer);
    String ownerName = agent.owner().displayName();
    switch (answer) {
      case "confirm" -> {
        // It goes on to the rules.
        return true;
      }
      case "take-over" -> throw PairingProblems.takenOver(ownerName);
      case WAITING -> throw PairingProblems.unanswered(ownerName, seconds);
      default -> throw PairingProblems.declined(ownerName);
    }
  }

  private String await(Session session, String owner, Waiting waiting) {
    put(session, owner, waiting);
    try {
      while (true) {
        // Looked at first: a word that was taken in time is found below.
        boolean over = !clock.instant().isBefore(waiting.until()) || !isLive.test(session.id());
        String answer = store.read(handle -> answer(handle, waiting.id())).orElse("decline");
        if (over || !answer.equals(WAITING)) {
          return answer;
        }
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "decline";
    } finally {
      remove(owner, waiting.id());
    }
  }

  private void put(Session session, String owner, Waiting waiting) {
    String body =
        sealer.seal(
            JsonCodec.write(waiting).getBytes(StandardCharsets.UTF_8), context(waiting.id()));
    store.write(
        transaction -> {
          long same =
              transaction
                  .handle()
                  .createQuery("SELECT count(*) FROM agent_confirmation WHERE agent_key = ?")
                  .bind(0, session.principalKey())
                  .mapTo(Long.class)
                  .one();
          if (same >= MOST_WAITING) {
            throw PairingProblems.tooManyWaiting(
                session.actor().onBehalfOf().orElseThrow().displayName(), MOST_WAITING);
          }
          transaction
              .handle()
              .execute(
                  "INSERT INTO agent_confirmation (id, agent_key, owner_key, body, asked_at,"
                      + " until_at, answer) VALUES (?, ?, ?, ?, ?, ?, '')",
                  waiting.id(),
                  session.principalKey(),
                  owner,
                  body,
                  waiting.askedAt().toEpochMilli(),
                  waiting.until().toEpochMilli());
          AgentControls.changed(transaction, owner, clock.millis());
          return 0;
        });
  }

  private void remove(String owner, String id) {
    store.write(
        transaction -> {
          transaction.handle().execute("DELETE FROM agent_confirmation WHERE id = ?", id);
          AgentControls.changed(transaction, owner, clock.millis());
          return 0;
        });
  }

  private void recordAnswer(
      Session session, Actor.Agent agent, String owner, Waiting waiting, String answer) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("owner", owner);
    fields.put("actorName", agent.principal().displayName());
    fields.put("connection", waiting.connection());
    fields.put("statement", waiting.statement());
    fields.put("answer", answer.isEmpty() ? "none" : answer);
    AuditEvent event =
        new AuditEvent(
            Ids.next(),
            "agent.confirmation",
            1,
            clock.instant(),
            session.principalKey(),
            session.actor().kind(),
            waiting.id(),
            fields);
    store.write(
        transaction -> {
          ledger.append(transaction, event);
          return 0;
        });
  }

  private static Optional<String> answer(Handle handle, String id) {
    return handle
        .createQuery("SELECT answer FROM agent_confirmation WHERE id = ?")
        .bind(0, id)
        .mapTo(String.class)
        .findOne();
  }

  static void declineAll(Handle handle, String agentKey) {
    handle.execute(
        "UPDATE agent_confirmation SET answer = 'decline' WHERE agent_key = ? AND answer = ''",
        agentKey);
  }

  /// What waits for one person, of one agent.
  List<Waiting> waiting(Handle handle, String ownerKey, String agentKey) {
    return handle
        .createQuery(
            "SELECT id, body FROM agent_confirmation WHERE owner_key = ? AND agent_key = ?"
                + " AND answer = '' AND until_at > ? ORDER BY asked_at, id")
        .bind(0, ownerKey)
        .bind(1, agentKey)
        .bind(2, clock.millis())
        .map((row, context) -> opened(row.getString("id"), row.getString("body")))
        .list();
  }

  private Waiting opened(String id, String body) {
    try {
      return JsonCodec.read(
          new String(sealer.open(body, context(id)), StandardCharsets.UTF_8), Waiting.class);
    } catch (JsonCodec.MalformedJson e) {
      throw new IllegalStateException("A statement that waits is not readable.", e);
    }
  }

  /// Takes an owner's word. Nobody else's statement is there for them.
  void answer(Actor owner, String id, String answer) {
    if (!ANSWERS.contains(answer)) {
      throw PairingProblems.answerUnknown();
    }
    store.write(
        transaction -> {
          Handle handle = transaction.handle();
          boolean mine =
              handle
                  .createQuery("SELECT 1 FROM agent_confirmation WHERE id = ? AND owner_key = ?")
                  .bind(0, id)
                  .bind(1, owner.principal().key())
                  .mapTo(Integer.class)
                  .findOne()
                  .isPresent();
          if (!mine) {
            throw Problems.notFound("statement that waits");
          }
          int taken =
              handle.execute(
                  "UPDATE agent_confirmation SET answer = ? WHERE id = ? AND answer = ''"
                      + " AND until_at > ?",
                  answer,
                  id,
                  clock.millis());
          if (taken == 0) {
            throw PairingProblems.waitOver();
          }
          return 0;
        });
  }

  /// Forgets what a server that is gone left waiting.
  public void sweep() {
    store.write(
        transaction ->
            transaction
                .handle()
                .execute(
                    "DELETE FROM agent_confirmation WHERE until_at < ?", clock.millis() - 60_000));
  }

  private static String context(String id) {
    return "agent_confirmation/" + id;
  }
}
