package dev.sluice.gateway.decision;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.LexicalLimits;
import dev.sluice.governance.sql.LexicalModes;
import dev.sluice.governance.sql.LexicalProblem;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.SqlScript;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// Cuts a script and analyses every statement of it.
public final class ScriptReader {

  /// A migration file is longer than what somebody sends; each of its statements is not.
  private static final LexicalLimits FILE = new LexicalLimits(16 << 20, 200, 20_000);

  /// So many statements are worth more than one processor.
  private static final int SIDE_BY_SIDE = 8;

  private final StatementAnalyzer analyzer;
  private final LexicalLimits limits;

  public ScriptReader(StatementAnalyzer analyzer) {
    this(analyzer, LexicalLimits.STANDARD);
  }

  private ScriptReader(StatementAnalyzer analyzer, LexicalLimits limits) {
    this.analyzer = analyzer;
    this.limits = limits;
  }

  /// One for whole files that are only checked: 20,000 statements, 16 Mi characters. Every single
  /// statement keeps its own limits.
  public ScriptReader forFiles() {
    return new ScriptReader(analyzer, FILE);
  }

  /// In the order of the text. A part of the text that cannot be cut into statements comes as one
  /// statement that is not understood.
  public List<StatementAnalysis> read(String text, Dialect dialect, CatalogSnapshot catalog) {
    SqlScript script = SqlScript.cut(text, dialect, LexicalModes.SERVER_DEFAULTS, limits);
    // None of them changes what another one means, so they are read side by side; the analyser
    // bounds how many at once.
    Stream<StatementText> statements =
        script.statements().size() < SIDE_BY_SIDE
            ? script.statements().stream()
            : script.statements().parallelStream();
    List<StatementAnalysis> analyses =
        new ArrayList<>(
            statements.map(statement -> read(statement, script, dialect, catalog)).toList());
    rest(script, text, dialect).ifPresent(analyses::add);
    return analyses;
  }

  /// As above, for statements that would run one after the other.
  ///
  /// @param after the catalog that a statement leaves
  public List<StatementAnalysis> read(
      String text,
      Dialect dialect,
      CatalogSnapshot first,
      BiFunction<CatalogSnapshot, StatementText, CatalogSnapshot> after) {
    CatalogSnapshot catalog = first;
    SqlScript script = SqlScript.cut(text, dialect, LexicalModes.SERVER_DEFAULTS, limits);
    List<StatementAnalysis> analyses = new ArrayList<>();
    for (StatementText statement : script.statements()) {
      analyses.add(read(statement, script, dialect, catalog));
      catalog = after.apply(catalog, statement);
    }
    rest(script, text, dialect).ifPresent(analyses::add);
    return analyses;
  }

  private StatementAnalysis read(
      StatementText statement, SqlScript script, Dialect dialect, CatalogSnapshot catalog) {
    Optional<LexicalProblem> problem = script.problemIn(statement);
    return problem.isPresent()
        ? unread(statement, dialect, problem.get())
        : analyzer.analyze(statement, dialect, catalog);
  }

  /// A part of the text that cannot be cut into statements.
  private static Optional<StatementAnalysis> rest(SqlScript script, String text, Dialect dialect) {
    return script.problems().stream()
        .filter(problem -> script.statements().stream().noneMatch(at -> touches(problem, at)))
        .findFirst()
        .map(
            problem -> {
              Span span = problem.span();
              String rest = text.substring(span.start(), span.end());
              return unread(new StatementText(rest, span), dialect, problem);
            });
  }

  private static boolean touches(LexicalProblem problem, StatementText statement) {
    return problem.span().start() < statement.span().end()
        && problem.span().end() > statement.span().start();
  }

  /// A statement that the lexer could not place with certainty.
  private static StatementAnalysis unread(
      StatementText statement, Dialect dialect, LexicalProblem problem) {
    int start = Math.max(0, problem.span().start() - statement.span().start());
    int end = Math.min(statement.text().length(), problem.span().end() - statement.span().start());
    Span place = start <= end ? new Span(start, end) : new Span(0, statement.text().length());
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
        List.of(new Refusal(problem.code(), problem.message(), place, problem.wayOut())));
  }
}
