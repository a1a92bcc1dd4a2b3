package dev.sluice.server.approvals;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.Delegation;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.server.AdminEvents;
import dev.sluice.server.ApprovalProblems;
import dev.sluice.server.directory.Accounts;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Who fills whose seat while somebody is away. What the absent person may decide is looked up
/// anew: a delegate of somebody who has lost a group has lost it too.
public final class Delegates {

  private static final Duration LONGEST = Duration.ofDays(90);

  private final Store store;
  private final Ledger ledger;
  private final Function<Actor, Optional<Actor>> current;
  private final InstantSource clock;
  private volatile List<Row> known = List.of();

  /// @param current somebody as they are now, empty when they are gone
  public Delegates(
      Store store, Ledger ledger, Function<Actor, Optional<Actor>> current, InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.current = current;
    this.clock = clock;
    refresh();
  }

  private record Row(Actor absent, String delegate, Instant from, Instant until) {}

  /// Takes up what was changed, here or by another server.
  public void refresh() {
    known =
        store.read(
            handle ->
                handle
                    .createQuery("SELECT * FROM delegation WHERE ends_at >= ?")
                    .bind(0, clock.millis())
                    .map(
                        (row, context) ->
                            new Row(
                                actor(row.getString("absent_actor")),
                                row.getString("delegate"),
                                Instant.ofEpochMilli(row.getLong("begins_at")),
                                Instant.ofEpochMilli(row.getLong("ends_at"))))
                    .list());
  }

  /// The people whose seats somebody may fill now.
  public List<Principal> awayFor(Principal delegate) {
    Instant now = clock.instant();
    return known.stream()
        .filter(row -> row.delegate().equals(delegate.key()))
        .filter(row -> !now.isBefore(row.from()) && !now.isAfter(row.until()))
        .flatMap(row -> current.apply(row.absent()).stream())
        .filter(Actor.Person.class::isInstance)
        .map(Actor::principal)
        .toList();
  }

  /// Who stands in for somebody.
  public Delegation of(Principal absent) {
    return known.stream()
        .filter(row -> row.absent().principal().isSameAs(absent))
        .findFirst()
        .map(row -> new Delegation(row.delegate(), row.from(), row.until()))
        .orElseGet(() -> new Delegation("", Instant.EPOCH, Instant.EPOCH));
  }

  /// Names who stands in for whoever asks, or nobody.
  public Delegation set(Actor absent, Delegation wanted) {
    String key = absent.principal().key();
    String delegate =
        wanted.delegate().isEmpty() || wanted.delegate().contains("|")
            ? wanted.delegate()
            : Accounts.ISSUER + "|" + wanted.delegate();
    Instant now = clock.instant();
    if (!delegate.isEmpty()) {
      check(key, delegate, wanted, now);
    }
    store.write(
        transaction -> {
          transaction.handle().execute("DELETE FROM delegation WHERE absent = ?", key);
          if (!delegate.isEmpty()) {
            transaction
                .handle()
                .execute(
                    "INSERT INTO delegation (absent, absent_actor, delegate, begins_at, ends_at)"
                        + " VALUES (?, ?, ?, ?, ?)",
                    key,
                    JsonCodec.write(absent),
                    delegate,
                    wanted.from().toEpochMilli(),
                    wanted.until().toEpochMilli());
          }
          return ledger.append(
              transaction,
              AdminEvents.of(
                  delegate.isEmpty() ? "delegate.removed" : "delegate.named",
                  absent,
                  now,
                  "person/" + key,
                  Map.of(
                      "delegate",
                      delegate,
                      "from",
                      wanted.from().toString(),
                      "until",
                      wanted.until().toString())));
        });
    refresh();
    return of(absent.principal());
  }

  private void check(String key, String delegate, Delegation wanted, Instant now) {
    if (delegate.equals(key)) {
      throw ApprovalProblems.ownDelegate();
    }
    int bar = delegate.indexOf('|');
    Actor named =
        new Actor.Person(
            new Principal(
                delegate.substring(0, bar),
                delegate.substring(bar + 1).isBlank() ? "?" : delegate.substring(bar + 1),
                null,
                delegate,
                java.util.Set.of(),
                java.util.Set.of()));
    if (current.apply(named).filter(Actor.Person.class::isInstance).isEmpty()) {
      throw ApprovalProblems.unknownDelegate();
    }
    if (!wanted.until().isAfter(wanted.from())
        || !wanted.until().isAfter(now)
        || wanted.until().isAfter(wanted.from().plus(LONGEST))) {
      throw ApprovalProblems.delegationTimes();
    }
  }

  private static Actor actor(String json) {
    try {
      return JsonCodec.read(json, Actor.class);
    } catch (JsonCodec.MalformedJson e) {
      throw new IllegalStateException("A delegation in the store is not readable.", e);
    }
  }
}
