package dev.sluice.proof.corpus;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.OutputColumn;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.SqlScript;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.governance.sql.Use;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Says what each statement of a script means. Answers, in this order, for each statement:
///
/// - `statement TEXT` when the script holds several
/// - `kind KIND`, with `not understood` when it is refused, `incomplete` when sources are unknown
/// - `effect KIND [OBJECT...] [filtered|unfiltered]`
/// - `output ORDINAL NAME direct|derived|unknown <- SOURCES`
/// - `use ROLE COLUMNS in "TEXT"`, `equality` at the end when it is one
/// - `refusal CODE at "TEXT"`
final class AnalysisEvaluator implements CorpusEvaluator {

  private final StatementAnalyzer analyzer;

  AnalysisEvaluator(StatementAnalyzer analyzer) {
    this.analyzer = analyzer;
  }

  @Override
  public Set<String> settings() {
    return Set.of("dialect", "schema");
  }

  @Override
  public Set<String> answers() {
    return Set.of("statement", "kind", "effect", "output", "use", "refusal");
  }

  @Override
  public List<String> evaluate(CorpusCase each) {
    Dialect dialect = CorpusWords.dialect(each);
    SqlScript script = SqlScript.cut(each.body(), dialect);
    List<String> answers = new ArrayList<>();
    for (StatementText statement : script.statements()) {
      if (script.statements().size() > 1) {
        answers.add("statement " + CorpusWords.oneLine(statement.text()));
      }
      answers.addAll(
          describe(
              analyzer.analyze(statement, dialect, CorpusSchemas.named(each.setting("schema")))));
    }
    return answers;
  }

  private static List<String> describe(StatementAnalysis analysis) {
    List<String> answers = new ArrayList<>();
    answers.add(
        "kind "
            + analysis.kind()
            + (analysis.parsed() ? "" : " not understood")
            + (analysis.complete() ? "" : " incomplete"));
    analysis.effects().stream().map(AnalysisEvaluator::effect).sorted().forEach(answers::add);
    analysis.columns().stream().map(AnalysisEvaluator::output).forEach(answers::add);
    String text = analysis.statement().text();
    analysis.uses().stream().map(use -> use(use, text)).sorted().distinct().forEach(answers::add);
    analysis
        .refusals()
        .forEach(
            refusal -> answers.add("refusal " + refusal.code() + at(" at ", refusal.span(), text)));
    return answers;
  }

  private static String effect(Effect effect) {
    String objects =
        effect.objects().stream()
            .sorted()
            .map(object -> " " + object)
            .collect(Collectors.joining());
    boolean filters = effect.kind() == EffectKind.UPDATE || effect.kind() == EffectKind.DELETE;
    String filter = filters ? (effect.filtered() ? " filtered" : " unfiltered") : "";
    return "effect " + effect.kind() + objects + filter;
  }

  private static String output(OutputColumn column) {
    String how = !column.known() ? "unknown" : column.direct() ? "direct" : "derived";
    String counted =
        column.declassified().isEmpty() ? "" : " counted " + dotted(column.declassified());
    return "output "
        + column.ordinal()
        + " "
        + column.name()
        + " "
        + how
        + " <- "
        + (column.sources().isEmpty() ? "nothing" : dotted(column.sources()))
        + counted;
  }

  private static String use(Use use, String text) {
    return "use "
        + use.role()
        + " "
        + dotted(use.sources())
        + at(" in ", use.span(), text)
        + (use.equality().isPresent() ? " equality" : "");
  }

  private static String dotted(Collection<ColumnRef> columns) {
    return columns.stream().map(ColumnRef::dotted).collect(Collectors.joining(", "));
  }

  private static String at(String word, Span span, String text) {
    return word + CorpusWords.quoted(span, text);
  }
}
