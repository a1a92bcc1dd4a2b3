package dev.sluice.gateway.execution;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.masking.MaskingPlan;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.OutputColumn;
import dev.sluice.governance.sql.StatementAnalysis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Statements of which nobody can know what they read: a rule may let them run, and no rule makes
/// known what comes out of them. Where anything is classified, it is hidden.
final class Blind {

  /// What a column is hidden for, in place of a classification.
  static final String NOT_KNOWN = "not-known";

  /// What runs text that was not read, or text that stands elsewhere.
  private static final Set<EffectKind> UNREAD =
      Set.of(EffectKind.EXECUTE, EffectKind.CALL, EffectKind.PROGRAM, EffectKind.UNRECOGNISED);

  private Blind() {}

  /// Whether something runs that was not read.
  static boolean isBlind(StatementAnalysis analysis) {
    return analysis.effects().stream().anyMatch(effect -> UNREAD.contains(effect.kind()));
  }

  /// The plan, with every column hidden that may hold what unread text or a place of values (a
  /// variable, a large object) gave.
  static MaskingPlan covered(ExecutionRequest request) {
    StatementAnalysis analysis = request.permit().analysis();
    MaskingPlan plan = request.permit().plan();
    if (analysis.effects().stream().noneMatch(Blind::givesUnknown) || !anyClassified(request)) {
      return plan;
    }
    List<ColumnMask> masks = new ArrayList<>(plan.masks());
    for (OutputColumn column : analysis.columns()) {
      boolean attributed = column.known() && !column.sources().isEmpty();
      if (!attributed && plan.maskAt(column.ordinal()).isEmpty()) {
        masks.add(
            new ColumnMask(
                column.ordinal(), Set.of(NOT_KNOWN), Set.of(), MaskSpec.redact(), false));
      }
    }
    masks.sort(Comparator.comparingInt(ColumnMask::ordinal));
    return new MaskingPlan(plan.labels(), masks);
  }

  private static boolean givesUnknown(Effect effect) {
    return switch (effect.kind()) {
      case EXECUTE, SESSION -> true;
      // Large objects belong to no table, so nothing can classify them.
      case FILE ->
          effect.objects().stream()
              .anyMatch(name -> name.toLowerCase(Locale.ROOT).matches("lo_.*|loread"));
      case READ,
          INSERT,
          UPDATE,
          DELETE,
          MERGE,
          COPY,
          TRUNCATE,
          CREATE,
          ALTER,
          DROP,
          RENAME,
          GRANT,
          REVOKE,
          ROLE,
          TRANSACTION,
          LOCK,
          MAINTENANCE,
          CALL,
          PROGRAM,
          NETWORK,
          EXPLAIN,
          SHOW,
          UNRECOGNISED ->
          false;
    };
  }

  /// Whether any column of the database is classified.
  static boolean anyClassified(ExecutionRequest request) {
    return request.catalog().relations().stream()
        .anyMatch(
            relation ->
                relation.columns().stream()
                    .anyMatch(
                        column ->
                            request
                                .classified()
                                .test(new ColumnRef(relation.ref(), column.name()))));
  }
}
