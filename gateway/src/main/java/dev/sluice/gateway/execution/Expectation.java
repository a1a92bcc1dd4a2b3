package dev.sluice.gateway.execution;

import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.masking.MaskingPlan;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.OutputColumn;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.UseRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a result must look like, for as many columns as it has.
///
/// Two kinds of statements have as many columns as they have: those that show names or a plan
/// instead of data, and a PIVOT, which makes one for each value it finds.
///
/// @param outputs what each column is; empty when the statement describes
/// @param plan which of them are masked
/// @param describes whether the columns are the engine's own
record Expectation(List<OutputColumn> outputs, MaskingPlan plan, boolean describes) {

  static Expectation of(ExecutionRequest request, List<BackendColumn> found) {
    StatementAnalysis analysis = request.permit().analysis();
    MaskingPlan plan = request.permit().plan();
    if (describes(request)) {
      return new Expectation(
          List.of(),
          new MaskingPlan(found.stream().map(BackendColumn::label).toList(), List.of()),
          true);
    }
    if (spreads(request) && found.size() >= plan.width() - 1) {
      return spread(analysis.columns(), plan, found);
    }
    return new Expectation(analysis.columns(), Blind.covered(request), false);
  }

  /// Whether the statement shows names or a plan instead of data: then its columns are the engine's
  /// own and no width is planned. The core lets such a statement pass only when what it shows
  /// carries no value.
  private static boolean describes(ExecutionRequest request) {
    StatementAnalysis analysis = request.permit().analysis();
    return analysis.columns().isEmpty()
        && request.permit().plan().width() == 0
        && analysis.readsOnly()
        && analysis.effects().stream()
            .anyMatch(
                effect -> effect.kind() == EffectKind.SHOW || effect.kind() == EffectKind.EXPLAIN);
  }

  /// Whether the last planned column stands for any number of them: what a PIVOT computes. Its
  /// sources are those of each, and its labels are values of columns that the plan does not hide.
  private static boolean spreads(ExecutionRequest request) {
    StatementAnalysis analysis = request.permit().analysis();
    int last = analysis.columns().size() - 1;
    return request.permit().connection().engine() == Dialect.DUCKDB
        && last >= 0
        && analysis.columns().get(last).name().equals("*")
        && !analysis.columns().get(last).direct()
        && request.permit().plan().maskAt(last).isEmpty()
        && analysis.uses().stream().anyMatch(use -> use.role() == UseRole.PIVOT);
  }

  private static Expectation spread(
      List<OutputColumn> outputs, MaskingPlan plan, List<BackendColumn> found) {
    int fixed = outputs.size() - 1;
    OutputColumn cell = outputs.get(fixed);
    List<OutputColumn> all = new ArrayList<>(outputs.subList(0, fixed));
    List<String> labels = new ArrayList<>(plan.labels().subList(0, fixed));
    for (int ordinal = fixed; ordinal < found.size(); ordinal++) {
      String label = found.get(ordinal).label();
      all.add(
          new OutputColumn(
              ordinal,
              label,
              cell.known(),
              cell.sources(),
              cell.declassified(),
              false,
              cell.span()));
      labels.add(label);
    }
    return new Expectation(all, new MaskingPlan(labels, plan.masks()), false);
  }

  Optional<ColumnMask> maskAt(int ordinal) {
    return plan.maskAt(ordinal);
  }
}
