package dev.sluice.server.ledger;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import dev.sluice.server.directory.Session;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Erasure of what entries of the log say. One server administrator asks, another one agrees; both
/// stand in the log, with the reason and the places, never with what was erased.
public final class Erasures {

  /// Entries in one erasure.
  public static final int MOST = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);
  private static final int LONGEST_REASON = 2000;
  private static final List<String> TABLES =
      List.of("ledger_key", "timeline", "outbox", "approval", "execution", "equality_spent");

  private final Store store;
  private final Ledger ledger;
  private final Eraser eraser;
  private final boolean twoPersons;
  private final InstantSource clock;

  /// @param twoPersons whether another administrator must agree
  public Erasures(Store store, Ledger ledger, boolean twoPersons, InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.eraser = new Eraser(store, ledger);
    this.twoPersons = twoPersons;
    this.clock = clock;
  }

  /// What to erase: some entries, or everything in one person's timeline.
  ///
  /// @param sequences places in the log; empty when a subject is named
  /// @param subject principal key; empty when places are named
  /// @param reason why, for the log; must not repeat what is to be erased
  public record NewErasure(List<Long> sequences, String subject, String reason) {
    public NewErasure {
      sequences = List.copyOf(sequences);
    }
  }

  /// One erasure.
  ///
  /// @param entries how many were erased; -1 while somebody else must still agree
  /// @param doneBy who agreed; empty as long as nobody has
  public record Erasure(
      String id,
      String reason,
      String askedBy,
      Instant askedAt,
      String doneBy,
      Optional<Instant> doneAt,
      long entries) {}

  /// All erasures, newest first.
  ///
  /// @param erasures at most 200
  public record ErasureList(List<Erasure> erasures) {
    public ErasureList {
      erasures = List.copyOf(erasures);
    }
  }

  /// Asks for an erasure; where one person is enough, it is done when this returns.
  public Erasure ask(Session session, NewErasure wanted) {
    if (wanted.reason().isBlank() || wanted.reason().length() > LONGEST_REASON) {
      throw Problems.malformed("A reason has 1 to " + LONGEST_REASON + " characters.");
    }
    if (wanted.sequences().isEmpty() == wanted.subject().isEmpty()) {
      throw Problems.malformed("Name either sequences or a subject.");
    }
    List<Long> places =
        wanted.subject().isEmpty()
            ? wanted.sequences().stream().distinct().sorted().toList()
            : store.read(handle -> TimelineIndex.all(handle, wanted.subject(), MOST + 1));
    if (places.isEmpty()) {
      throw Problems.notFound("entry");
    }
    if (places.size() > MOST) {
      throw Problems.malformed("One erasure is for at most " + MOST + " entries.");
    }
    String id = Ids.next();
    Erasure asked =
        store.write(
            transaction -> {
              transaction
                  .handle()
                  .execute(
                      "INSERT INTO erasure (id, places, reason, asked_by, asked_at, done_by,"
                          + " done_at, entries) VALUES (?, ?, ?, ?, ?, '', 0, -1)",
                      id,
                      JsonCodec.write(places),
                      wanted.reason(),
                      session.principalKey(),
                      clock.millis());
              log(transaction, session, "ledger.erasure-asked", id, wanted.reason(), places);
              if (!twoPersons) {
                perform(transaction, session, id);
              }
              return find(transaction.handle(), id).orElseThrow();
            });
    scrub(asked);
    return asked;
  }

  /// Another administrator agrees: what was asked for is erased when this returns.
  public Erasure confirm(Session session, String id) {
    Erasure done =
        store.write(
            transaction -> {
              Erasure asked =
                  find(transaction.handle(), id).orElseThrow(() -> Problems.notFound("erasure"));
              if (!asked.doneBy().isEmpty()) {
                throw Problems.conflict();
              }
              if (asked.askedBy().equals(session.principalKey())) {
                throw Problems.notErasable("Somebody else must agree to what one person asks for.");
              }
              perform(transaction, session, id);
              return find(transaction.handle(), id).orElseThrow();
            });
    scrub(done);
    return done;
  }

  public ErasureList list() {
    return new ErasureList(
        store.read(
            handle ->
                handle
                    .createQuery("SELECT * FROM erasure ORDER BY asked_at DESC, id LIMIT 200")
                    .map((row, context) -> read(row))
                    .list()));
  }

  /// Erases for retention.
  ///
  /// @return how many entries were erased
  int expire(Collection<Long> places, String reason) {
    Set<Long> erased =
        store.write(
            transaction -> {
              Set<Long> gone = eraser.erase(transaction, places);
              if (!gone.isEmpty()) {
                ledger.append(
                    transaction,
                    event("ledger.expired", "local|server", "server", "", reason, gone));
              }
              return gone;
            });
    if (!erased.isEmpty()) {
      clean();
    }
    return erased.size();
  }

  private void perform(Transaction transaction, Session session, String id) {
    Handle handle = transaction.handle();
    Map.Entry<String, String> asked =
        handle
            .createQuery("SELECT places, reason FROM erasure WHERE id = ?")
            .bind(0, id)
            .map((row, context) -> Map.entry(row.getString("places"), row.getString("reason")))
            .one();
    Set<Long> erased;
    try {
      erased =
          eraser.erase(
              transaction,
              Arrays.stream(JsonCodec.read(asked.getKey(), long[].class)).boxed().toList());
    } catch (JsonCodec.MalformedJson e) {
      throw new IllegalStateException("A stored erasure is not understood.", e);
    }
    handle.execute(
        "UPDATE erasure SET done_by = ?, done_at = ?, entries = ? WHERE id = ? AND done_by = ''",
        session.principalKey(),
        clock.millis(),
        erased.size(),
        id);
    log(transaction, session, "ledger.erased", id, asked.getValue(), erased);
  }

  private void log(
      Transaction transaction,
      Session session,
      String kind,
      String id,
      String reason,
      Collection<Long> places) {
    ledger.append(
        transaction,
        event(kind, session.principalKey(), session.actor().kind(), id, reason, places));
  }

  private AuditEvent event(
      String kind, String who, String actorKind, String id, String reason, Collection<Long> gone) {
    return new AuditEvent(
        Ids.next(),
        kind,
        1,
        clock.instant(),
        who,
        actorKind,
        id,
        Map.of("reason", reason, "entries", gone.size(), "places", Eraser.ranges(gone)));
  }

  private void scrub(Erasure erasure) {
    if (!erasure.doneBy().isEmpty()) {
      clean();
    }
  }

  private void clean() {
    if (!store.scrub(TABLES)) {
      LOG.warn("Erased content may still stand in the write-ahead log; it is tried again.");
    }
  }

  private static Optional<Erasure> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM erasure WHERE id = ?")
        .bind(0, id)
        .map((row, context) -> read(row))
        .findOne();
  }

  private static Erasure read(java.sql.ResultSet row) throws java.sql.SQLException {
    long done = row.getLong("done_at");
    return new Erasure(
        row.getString("id"),
        row.getString("reason"),
        row.getString("asked_by"),
        Instant.ofEpochMilli(row.getLong("asked_at")),
        row.getString("done_by"),
        done == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(done)),
        row.getLong("entries"));
  }
}
