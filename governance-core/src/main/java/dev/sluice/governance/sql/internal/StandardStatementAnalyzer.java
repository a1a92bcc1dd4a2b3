package dev.sluice.governance.sql.internal;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.OutputColumn;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.governance.sql.internal.analysis.StatementReader;
import dev.sluice.governance.sql.internal.analysis.StatementReader.Meaning;
import dev.sluice.governance.sql.internal.resolve.CatalogIndex;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Gate, then meaning: a text that the gate lets through is read against the catalog, one that it
/// only recognises is described by its effects and the statement inside it.
public final class StandardStatementAnalyzer implements StatementAnalyzer {
  private final ParserWorker worker;
  private final ViewDefinitions views = new ViewDefinitions();

  public StandardStatementAnalyzer(ParserWorker worker) {
    this.worker = worker;
  }

  @Override
  public StatementAnalysis analyze(
      StatementText statement, Dialect dialect, CatalogSnapshot catalog) {
    try {
      if (BriefStatements.isBrief(statement.text())) {
        try {
          return new Reading(dialect, catalog, ParserWorker.onCallerThread(), this::notHere)
              .read(statement);
        } catch (LongerReading e) {
          // A view is part of it after all: that is read where time is bounded.
        }
      }
      // One hand-over to the worker for all of it: threads that wait for each other cost more than
      // reading most statements does.
      return worker.run(
          () ->
              new Reading(dialect, catalog, worker, definition -> views.tree(definition, dialect))
                  .read(statement));
    } catch (ParserWorker.ParserOverrun e) {
      return refused(statement, dialect, overrun(statement, e));
    } catch (RuntimeException e) {
      // A fault of ours is a refusal, never a guess.
      return refused(statement, dialect, internal(statement));
    }
  }

  private StatementReader.Tree notHere(String definition) {
    throw new LongerReading();
  }

  /// Reading here would take longer than was thought. Never leaves this class.
  private static final class LongerReading extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LongerReading() {
      super(null, null, false, false);
    }
  }

  /// Reads statements against one catalog.
  private final class Reading {
    private final Dialect dialect;
    private final CatalogSnapshot catalog;
    private final ParserWorker lane;
    private final StatementReader.ViewTrees trees;

    Reading(
        Dialect dialect,
        CatalogSnapshot catalog,
        ParserWorker lane,
        StatementReader.ViewTrees trees) {
      this.dialect = dialect;
      this.catalog = catalog;
      this.lane = lane;
      this.trees = trees;
    }

    StatementAnalysis read(StatementText statement) {
      return switch (Gate.read(statement, dialect, lane)) {
        case GateResult.Parsed parsed -> parsed(statement, parsed);
        case GateResult.Recognised recognised ->
            HeldStatements.combined(
                statement,
                dialect,
                recognised.statement(),
                held -> analyze(held, dialect, catalog));
        case GateResult.Refused refused -> refused(statement, dialect, refused.refusal());
      };
    }

    private StatementAnalysis parsed(StatementText statement, GateResult.Parsed parsed) {
      StatementReader reader =
          new StatementReader(
              dialect, catalog.prepared(CatalogIndex.class, CatalogIndex::new), trees);
      StatementReader.Tree tree =
          new StatementReader.Tree(
              parsed.statement(),
              statement.text(),
              span -> parsed.sources().ofParsed(span.start(), span.end()));
      Meaning meaning;
      try {
        meaning = lane.run(() -> reader.read(tree));
      } catch (ParserWorker.ParserOverrun e) {
        return refused(statement, dialect, overrun(statement, e));
      }
      boolean understood = meaning.refusal().isEmpty();
      boolean complete = understood && meaning.columns().stream().allMatch(OutputColumn::known);
      Optional<Refusal> refusal = understood && !complete ? meaning.unknown() : meaning.refusal();
      return new StatementAnalysis(
          statement,
          dialect,
          meaning.kind(),
          true,
          complete,
          understood ? Optional.of(parsed.printed()) : Optional.empty(),
          meaning.effects(),
          meaning.tables(),
          meaning.columns(),
          meaning.uses(),
          meaning.functions(),
          meaning.limit(),
          refusal.stream().toList());
    }
  }

  private static StatementAnalysis refused(
      StatementText statement, Dialect dialect, Refusal refusal) {
    return new StatementAnalysis(
        statement,
        dialect,
        "UNRECOGNISED",
        false,
        false,
        Optional.empty(),
        List.of(Effect.of(EffectKind.UNRECOGNISED)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        OptionalLong.empty(),
        List.of(refusal));
  }

  private static Refusal overrun(StatementText statement, ParserWorker.ParserOverrun e) {
    return new Refusal(
        "parser-overrun", e.getMessage(), all(statement), "Split or simplify the statement.");
  }

  private static Refusal internal(StatementText statement) {
    return new Refusal(
        "internal",
        "The analysis of this statement failed.",
        all(statement),
        "Write it in another way, and report the statement.");
  }

  private static Span all(StatementText statement) {
    return new Span(0, statement.text().length());
  }
}
