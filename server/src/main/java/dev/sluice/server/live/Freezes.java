package dev.sluice.server.live;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.wire.NewWriteFreeze;
import dev.sluice.governance.codec.wire.Push;
import dev.sluice.governance.codec.wire.WriteFreeze;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.Ids;
import dev.sluice.server.OversightProblems;
import dev.sluice.server.Problems;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.push.Outbox;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Stops every write for a while. Whatever changes something is refused while a freeze holds,
/// whoever allowed it; reading goes on. A freeze is looked up in the store each time, so that it
/// holds on all servers of the store from its commit on.
public final class Freezes {

  private static final int LONGEST_REASON = 500;
  private static final long LONGEST_MINUTES = Duration.ofDays(1).toMinutes();

  private final Store store;
  private final Ledger ledger;
  private final InstantSource clock;

  public Freezes(Store store, Ledger ledger, InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.clock = clock;
  }

  /// Freezes from now on.
  public WriteFreeze freeze(Actor by, NewWriteFreeze wanted) {
    String reason = wanted.reason().strip();
    if (reason.isEmpty()
        || reason.length() > LONGEST_REASON
        || wanted.minutes() < 1
        || wanted.minutes() > LONGEST_MINUTES) {
      throw OversightProblems.freezeTerms();
    }
    // As exact as the store keeps it.
    Instant now = Instant.ofEpochMilli(clock.millis());
    WriteFreeze freeze =
        new WriteFreeze(
            Ids.next(),
            wanted.connection(),
            by.principal().displayName(),
            reason,
            now,
            now.plus(Duration.ofMinutes(wanted.minutes())));
    return store.write(
        transaction -> {
          transaction
              .handle()
              .execute(
                  "INSERT INTO write_freeze (id, connection, by_key, by_name, reason, frozen_at,"
                      + " until_at, lifted_at) VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
                  freeze.id(),
                  freeze.connection(),
                  by.principal().key(),
                  freeze.byName(),
                  freeze.reason(),
                  freeze.at().toEpochMilli(),
                  freeze.until().toEpochMilli());
          tell(transaction, "writes.frozen", by, freeze, now);
          return freeze;
        });
  }

  /// Lifts a freeze before its time.
  public void lift(Actor by, String id) {
    Instant now = clock.instant();
    store.write(
        transaction -> {
          WriteFreeze freeze =
              holding(transaction.handle(), now).stream()
                  .filter(held -> held.id().equals(id))
                  .findFirst()
                  .orElseThrow(() -> Problems.notFound("freeze"));
          transaction
              .handle()
              .execute(
                  "UPDATE write_freeze SET lifted_at = ? WHERE id = ?", now.toEpochMilli(), id);
          tell(transaction, "writes.thawed", by, freeze, now);
          return freeze;
        });
  }

  /// The freezes that hold now, oldest first.
  public List<WriteFreeze> holding() {
    return store.read(handle -> holding(handle, clock.instant()));
  }

  /// Refuses when writes on a connection are frozen.
  ///
  /// @throws dev.sluice.server.ServerProblem `writes-frozen`, with who, why and until when
  public void requireThawed(String connection) {
    store.read(
        handle -> {
          requireThawed(handle, connection);
          return 0;
        });
  }

  /// As the other, in the caller's own transaction.
  public void requireThawed(Handle handle, String connection) {
    Instant now = clock.instant();
    Optional<WriteFreeze> freeze =
        holding(handle, now).stream().filter(held -> held.holds(connection, now)).findFirst();
    if (freeze.isPresent()) {
      throw OversightProblems.frozen(freeze.get());
    }
  }

  private static List<WriteFreeze> holding(Handle handle, Instant now) {
    return handle
        .createQuery(
            "SELECT * FROM write_freeze WHERE lifted_at = 0 AND until_at > ? ORDER BY frozen_at,"
                + " id")
        .bind(0, now.toEpochMilli())
        .map(
            (row, context) ->
                new WriteFreeze(
                    row.getString("id"),
                    row.getString("connection"),
                    row.getString("by_name"),
                    row.getString("reason"),
                    Instant.ofEpochMilli(row.getLong("frozen_at")),
                    Instant.ofEpochMilli(row.getLong("until_at"))))
        .list();
  }

  private void tell(
      Transaction transaction, String kind, Actor by, WriteFreeze freeze, Instant now) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("actorName", by.principal().displayName());
    fields.put("connection", freeze.connection());
    fields.put("reason", freeze.reason());
    fields.put("until", freeze.until().toString());
    ledger.append(
        transaction,
        new AuditEvent(
            Ids.next(), kind, 1, now, by.principal().key(), by.kind(), freeze.id(), fields));
    Outbox.add(
        transaction,
        Outbox.EVERYBODY,
        new Push("freeze-changed", Optional.empty(), 0, ""),
        now.toEpochMilli());
  }
}
