package dev.sluice.governance.sql.internal;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.OutputColumn;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.governance.sql.Use;
import dev.sluice.governance.sql.UseRole;
import dev.sluice.governance.sql.internal.RecognisedStatement.Inner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Statements that hold another: what the outer one does with it decides what of it counts.
final class HeldStatements {
  private HeldStatements() {}

  static StatementAnalysis combined(
      StatementText statement,
      Dialect dialect,
      RecognisedStatement outer,
      Function<StatementText, StatementAnalysis> analyze) {
    if (outer.inner().isEmpty()) {
      return new StatementAnalysis(
          statement,
          dialect,
          outer.kind(),
          true,
          true,
          Optional.of(outer.printed()),
          outer.effects(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          OptionalLong.empty(),
          List.of());
    }
    Inner held = outer.inner().get();
    StatementAnalysis inner = analyze.apply(StatementText.of(held.text().text()));
    UnaryOperator<Span> place = place(held);
    List<Refusal> refusals = new ArrayList<>();
    for (Refusal refusal : inner.refusals()) {
      refusals.add(
          new Refusal(
              refusal.code(), refusal.message(), place.apply(refusal.span()), refusal.wayOut()));
    }
    boolean understood = refusals.isEmpty();
    return new StatementAnalysis(
        statement,
        dialect,
        outer.kind(),
        inner.parsed(),
        inner.complete(),
        understood ? inner.printed().map(outer::printedWith) : Optional.empty(),
        effects(outer, inner),
        inner.tables(),
        List.of(),
        uses(held, inner, dialect, place),
        inner.functions(),
        OptionalLong.empty(),
        refusals);
  }

  private static UnaryOperator<Span> place(Inner held) {
    Span within = held.text().span();
    boolean same = within.length() == held.text().text().length();
    return span -> same ? span.shift(within.start()) : within;
  }

  private static List<Effect> effects(RecognisedStatement outer, StatementAnalysis inner) {
    if (outer.inner().get().role() == RecognisedStatement.Role.DESCRIBED
        && inner.refusals().isEmpty()) {
      return outer.effects();
    }
    record Kind(dev.sluice.governance.sql.EffectKind kind, boolean filtered) {}
    Map<Kind, Set<String>> merged = new LinkedHashMap<>();
    List<Effect> all = new ArrayList<>(outer.effects());
    all.addAll(inner.effects());
    for (Effect effect : all) {
      merged
          .computeIfAbsent(new Kind(effect.kind(), effect.filtered()), key -> new TreeSet<>())
          .addAll(effect.objects());
    }
    List<Effect> effects = new ArrayList<>();
    merged.forEach(
        (key, objects) ->
            effects.add(new Effect(key.kind(), List.copyOf(objects), key.filtered())));
    return effects;
  }

  private static List<Use> uses(
      Inner held, StatementAnalysis inner, Dialect dialect, UnaryOperator<Span> place) {
    Set<Use> uses = new LinkedHashSet<>();
    for (Use use : inner.uses()) {
      uses.add(new Use(use.role(), use.sources(), place.apply(use.span()), use.equality()));
    }
    Span whole = place.apply(new Span(0, held.text().text().length()));
    switch (held.role()) {
      case DESCRIBED -> uses.clear();
      case EXPLAINED -> {
        if (dialect == Dialect.MYSQL || dialect == Dialect.MARIADB) {
          explain(inner, whole, uses);
        }
      }
      case EXPLAINED_AND_RUN -> explain(inner, whole, uses);
      case COPIED_OUT, STORED, PREPARED, CURSOR -> {
        for (OutputColumn column : inner.columns()) {
          if (!column.sources().isEmpty()) {
            uses.add(
                new Use(
                    UseRole.COPY, column.sources(), place.apply(column.span()), Optional.empty()));
          }
        }
      }
      case DEFINED -> {}
    }
    return List.copyOf(uses);
  }

  /// The plan or its warnings can show values or counts of everything that is read.
  private static void explain(StatementAnalysis inner, Span whole, Set<Use> uses) {
    Set<ColumnRef> read = new LinkedHashSet<>();
    for (OutputColumn column : inner.columns()) {
      read.addAll(column.sources());
      read.addAll(column.declassified());
    }
    for (Use use : inner.uses()) {
      read.addAll(use.sources());
    }
    if (!read.isEmpty()) {
      uses.add(new Use(UseRole.EXPLAIN, read, whole, Optional.empty()));
    }
  }
}
