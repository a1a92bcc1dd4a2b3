package dev.sluice.server.policies;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.codec.wire.WhatIfReport;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.masking.MaskingPlan;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.DecisionRequest;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.policy.PolicyEngine;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.server.ledger.RecordedStatements.Recorded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Decides each different statement under two policies and keeps what differs. Not for several
/// threads.
final class Replay {

  private static final int SHOWN = 200;

  /// One policy as it decides.
  record Side(PolicyBundle bundle, PolicyEngine engine) {}

  /// Where statements would run.
  record Place(ConnectionContext connection, CatalogSnapshot catalog) {}

  private record Key(String subject, String connection, String statement, List<String> binds) {}

  private record Text(String connection, String statement) {}

  private final Side before;
  private final Side after;
  private final StatementAnalyzer analyzer;
  private final Map<String, Place> places;
  private final Function<String, Optional<Actor>> people;
  private final Instant at;
  private final Map<Key, Long> times = new LinkedHashMap<>();
  private final Map<Text, StatementAnalysis> analyses = new HashMap<>();
  private final Map<Key, List<WhatIfReport.Finding>> found = new HashMap<>();
  private final Set<Key> notReplayed = new HashSet<>();
  private long statements;

  Replay(
      Side before,
      Side after,
      StatementAnalyzer analyzer,
      Map<String, Place> places,
      Function<String, Optional<Actor>> people,
      Instant at) {
    this.before = before;
    this.after = after;
    this.analyzer = analyzer;
    this.places = places;
    this.people = people;
    this.at = at;
  }

  void add(Recorded recorded) {
    statements++;
    Key key =
        new Key(recorded.subject(), recorded.connection(), recorded.statement(), recorded.binds());
    if (times.merge(key, 1L, Long::sum) == 1) {
      decide(key);
    }
  }

  private void decide(Key key) {
    Place place = places.get(key.connection());
    Optional<Actor> actor = people.apply(key.subject());
    if (place == null || actor.isEmpty()) {
      notReplayed.add(key);
      return;
    }
    StatementAnalysis analysis =
        analyses.computeIfAbsent(
            new Text(key.connection(), key.statement()),
            text ->
                analyzer.analyze(
                    StatementText.of(text.statement()),
                    place.connection().engine(),
                    place.catalog()));
    DecisionRequest request =
        new DecisionRequest(
            analysis,
            place.catalog(),
            actor.get(),
            place.connection(),
            at,
            "what-if",
            "",
            false,
            0,
            key.binds(),
            Optional.empty());
    Decision was = before.engine().decide(request);
    Decision is = after.engine().decide(request);
    List<WhatIfReport.Finding> findings = new ArrayList<>();
    change(was, is).ifPresent(kind -> findings.add(finding(kind, key, is, List.of())));
    List<String> exposed = exposed(was, is);
    if (!exposed.isEmpty()) {
      findings.add(finding("exposed", key, is, exposed));
    }
    if (!findings.isEmpty()) {
      found.put(key, findings);
    }
  }

  private static Optional<String> change(Decision was, Decision is) {
    if (was.word().equals(is.word())) {
      return Optional.empty();
    }
    return Optional.of(
        switch (is) {
          case Decision.Deny deny -> "blocked";
          case Decision.NeedsApproval asks -> was instanceof Decision.Allow ? "asking" : "allowed";
          case Decision.Allow allow -> "allowed";
        });
  }

  /// Columns that were masked where they are shown now, whoever decides in between.
  private static List<String> exposed(Decision was, Decision is) {
    Map<Integer, ColumnMask> masked = new TreeMap<>();
    plan(was).masks().forEach(mask -> masked.put(mask.ordinal(), mask));
    if (is instanceof Decision.Deny) {
      return List.of();
    }
    plan(is).masks().forEach(mask -> masked.remove(mask.ordinal()));
    Set<String> columns = new TreeSet<>();
    masked
        .values()
        .forEach(
            mask -> mask.sensitiveSources().stream().map(ColumnRef::dotted).forEach(columns::add));
    return List.copyOf(columns);
  }

  private static MaskingPlan plan(Decision decision) {
    return switch (decision) {
      case Decision.Allow allow -> allow.permit().plan();
      case Decision.NeedsApproval asks -> asks.plan();
      case Decision.Deny deny -> MaskingPlan.none();
    };
  }

  private static WhatIfReport.Finding finding(
      String kind, Key key, Decision decision, List<String> columns) {
    return new WhatIfReport.Finding(
        kind,
        key.subject(),
        key.connection(),
        key.statement(),
        0,
        decision.proof().rule(),
        decision.proof().reason(),
        columns);
  }

  /// What was found so far.
  WhatIfReport report(String id, String state, long read, long total, long milliseconds) {
    Map<String, Map<String, Long>> byPerson = new TreeMap<>();
    List<WhatIfReport.Finding> findings = new ArrayList<>();
    found.forEach(
        (key, all) ->
            all.forEach(
                one -> {
                  long count = times.getOrDefault(key, 0L);
                  byPerson
                      .computeIfAbsent(key.subject(), person -> new TreeMap<>())
                      .merge(one.kind(), count, Long::sum);
                  findings.add(
                      new WhatIfReport.Finding(
                          one.kind(),
                          one.person(),
                          one.connection(),
                          one.statement(),
                          count,
                          one.rule(),
                          one.reason(),
                          one.columns()));
                }));
    findings.sort(
        Comparator.comparingLong(WhatIfReport.Finding::times)
            .reversed()
            .thenComparing(WhatIfReport.Finding::statement));
    List<WhatIfReport.Person> people = new ArrayList<>();
    byPerson.forEach(
        (person, counts) ->
            people.add(
                new WhatIfReport.Person(
                    person,
                    counts.getOrDefault("blocked", 0L),
                    counts.getOrDefault("asking", 0L),
                    counts.getOrDefault("allowed", 0L),
                    counts.getOrDefault("exposed", 0L))));
    people.sort(
        Comparator.comparingLong(
                (WhatIfReport.Person person) ->
                    person.blocked() + person.asking() + person.allowed() + person.exposed())
            .reversed());
    return new WhatIfReport(
        id,
        state,
        read,
        total,
        statements,
        times.size(),
        notReplayed.stream().mapToLong(times::get).sum(),
        sum(people, WhatIfReport.Person::blocked),
        sum(people, WhatIfReport.Person::asking),
        sum(people, WhatIfReport.Person::allowed),
        sum(people, WhatIfReport.Person::exposed),
        people,
        findings.subList(0, Math.min(SHOWN, findings.size())),
        milliseconds);
  }

  private static long sum(
      List<WhatIfReport.Person> people,
      java.util.function.ToLongFunction<WhatIfReport.Person> count) {
    return people.stream().mapToLong(count).sum();
  }
}
