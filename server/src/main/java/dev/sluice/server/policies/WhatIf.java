package dev.sluice.server.policies;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.WhatIfReport;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.policy.EngineParts;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.policy.PolicyEngines;
import dev.sluice.governance.policy.PolicyTests;
import dev.sluice.governance.sql.AtSourceRewriter;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.server.AdminEvents;
import dev.sluice.server.Ids;
import dev.sluice.server.PolicyProblems;
import dev.sluice.server.Problems;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.ledger.RecordedStatements;
import dev.sluice.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Replays what was run lately against a proposed policy: who would be blocked, who would have to
/// ask, who would see more. Sends nothing to any database but questions about its schema. Progress
/// and result stand in the store, so that any server of it may be asked; the one that was asked
/// first does the work.
public final class WhatIf {

  private static final Logger LOG = LoggerFactory.getLogger(WhatIf.class);
  private static final int MOST_DAYS = 365;
  private static final Duration BETWEEN_REPORTS = Duration.ofMillis(500);
  private static final Duration KEPT = Duration.ofHours(24);

  private final Store store;
  private final Ledger ledger;
  private final Policies policies;
  private final PolicyReview review;
  private final StatementAnalyzer analyzer;
  private final AtSourceRewriter rewriter;
  private final Function<Actor, Optional<Actor>> current;
  private final InstantSource clock;

  /// @param current somebody as they are now, empty when they are gone
  public WhatIf(
      Store store,
      Ledger ledger,
      Policies policies,
      PolicyReview review,
      StatementAnalyzer analyzer,
      AtSourceRewriter rewriter,
      Function<Actor, Optional<Actor>> current,
      InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.policies = policies;
    this.review = review;
    this.analyzer = analyzer;
    this.rewriter = rewriter;
    this.current = current;
    this.clock = clock;
  }

  /// Begins a replay.
  ///
  /// @param days how far back
  public WhatIfReport start(Actor by, String yaml, int days) {
    if (days < 1 || days > MOST_DAYS) {
      throw PolicyProblems.whatIfDays(MOST_DAYS);
    }
    PolicyBundle after = policies.read(yaml).bundle();
    PolicyBundle before = policies.inForce().loaded().bundle();
    String id = Ids.next();
    Instant now = clock.instant();
    store.write(
        transaction -> {
          transaction
              .handle()
              .execute("DELETE FROM what_if WHERE started_at < ?", now.minus(KEPT).toEpochMilli());
          transaction
              .handle()
              .execute(
                  "INSERT INTO what_if (id, started_by, started_at, state, done, total, report)"
                      + " VALUES (?, ?, ?, 'running', 0, 0, '')",
                  id,
                  by.principal().key(),
                  now.toEpochMilli());
          return ledger.append(
              transaction,
              AdminEvents.of(
                  "policy.what-if",
                  by,
                  now,
                  "policy/" + after.version(),
                  Map.of("policyVersion", after.version(), "days", days)));
        });
    Thread.ofPlatform()
        .daemon()
        .name("sluice-what-if")
        .start(() -> run(id, before, after, now.minus(Duration.ofDays(days)), now));
    return find(id);
  }

  /// How far a replay is, and what it has found.
  public WhatIfReport find(String id) {
    return store
        .read(
            handle ->
                handle
                    .createQuery("SELECT state, report FROM what_if WHERE id = ?")
                    .bind(0, id)
                    .map(
                        (row, context) ->
                            report(id, row.getString("state"), row.getString("report")))
                    .findOne())
        .orElseThrow(() -> Problems.notFound("replay"));
  }

  /// Stops a replay; what it has found stays.
  public WhatIfReport cancel(String id) {
    store.write(
        transaction ->
            transaction
                .handle()
                .execute(
                    "UPDATE what_if SET state = 'cancelled' WHERE id = ? AND state = 'running'",
                    id));
    return find(id);
  }

  private void run(String id, PolicyBundle before, PolicyBundle after, Instant since, Instant now) {
    long started = System.nanoTime();
    try {
      Replay replay = replay(before, after, now);
      RecordedStatements recorded = new RecordedStatements(store, ledger);
      RecordedStatements.Reach reach = recorded.since(since);
      long[] told = {System.nanoTime()};
      boolean[] stopped = {false};
      recorded.read(
          reach,
          replay::add,
          read -> {
            if (System.nanoTime() - told[0] < BETWEEN_REPORTS.toNanos()) {
              return true;
            }
            told[0] = System.nanoTime();
            stopped[0] = !keep(replay.report(id, "running", read, reach.entries(), since(started)));
            return !stopped[0];
          });
      if (!stopped[0]) {
        keep(replay.report(id, "done", reach.entries(), reach.entries(), since(started)));
      }
    } catch (RuntimeException e) {
      LOG.error("A replay broke off.", e);
      store.write(
          transaction ->
              transaction
                  .handle()
                  .execute(
                      "UPDATE what_if SET state = 'failed' WHERE id = ? AND state = 'running'",
                      id));
    }
  }

  private Replay replay(PolicyBundle before, PolicyBundle after, Instant now) {
    Map<String, Replay.Place> places = new HashMap<>();
    review
        .reachable(before, new ArrayList<>())
        .forEach((name, target) -> places.put(name, place(target, after)));
    review
        .reachable(after, new ArrayList<>())
        .forEach((name, target) -> places.put(name, place(target, after)));
    Map<String, Optional<Actor>> people = new HashMap<>();
    return new Replay(
        side(before),
        side(after),
        analyzer,
        places,
        key -> people.computeIfAbsent(key, this::person),
        now);
  }

  private static Replay.Place place(PolicyTests.Target target, PolicyBundle after) {
    return new Replay.Place(target.connection(), target.catalog().withFunctions(after.functions()));
  }

  /// Comparisons that a budget allows are taken as allowed: what was spent on a day is past.
  private Replay.Side side(PolicyBundle bundle) {
    return new Replay.Side(
        bundle,
        PolicyEngines.of(
            bundle,
            EngineParts.none()
                .withBudget((subject, column, day) -> Set.of())
                .withRewriter(rewriter)));
  }

  private Optional<Actor> person(String key) {
    int bar = key.lastIndexOf('|');
    if (bar < 1 || bar == key.length() - 1) {
      return Optional.empty();
    }
    return current.apply(
        new Actor.Person(
            new Principal(
                key.substring(0, bar), key.substring(bar + 1), null, key, Set.of(), Set.of())));
  }

  /// @return whether the replay still goes on
  private boolean keep(WhatIfReport report) {
    return store.write(
            transaction ->
                transaction
                    .handle()
                    .execute(
                        "UPDATE what_if SET state = ?, done = ?, total = ?, report = ?"
                            + " WHERE id = ? AND state = 'running'",
                        report.state(),
                        report.read(),
                        report.total(),
                        JsonCodec.write(report),
                        report.id()))
        == 1;
  }

  private static long since(long started) {
    return Duration.ofNanos(System.nanoTime() - started).toMillis();
  }

  private static WhatIfReport report(String id, String state, String json) {
    if (json.isEmpty()) {
      return new WhatIfReport(
          id, state, 0, 0, 0, 0, 0, 0, 0, 0, 0, java.util.List.of(), java.util.List.of(), 0);
    }
    try {
      WhatIfReport kept = JsonCodec.read(json, WhatIfReport.class);
      return new WhatIfReport(
          id,
          state,
          kept.read(),
          kept.total(),
          kept.statements(),
          kept.distinct(),
          kept.notReplayed(),
          kept.newlyBlocked(),
          kept.newlyAsking(),
          kept.newlyAllowed(),
          kept.newlyExposed(),
          kept.people(),
          kept.findings(),
          kept.milliseconds());
    } catch (JsonCodec.MalformedJson e) {
      throw new IllegalStateException("A replay in the store is not readable.", e);
    }
  }
}
