package dev.sluice.governance.policy;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.masking.MaskingPlan;
import dev.sluice.governance.sql.OutputColumn;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.Use;
import dev.sluice.governance.sql.UseRole;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Decides what happens to sensitive columns in one statement: first whether each use is allowed,
/// then what each output shows.
final class MaskingJudge {

  private final SensitiveView view;
  private final DecisionRequest request;
  private final Optional<EqualityBudget> budget;
  private final boolean databaseMasks;
  private final Set<ColumnRef> rewritten = new TreeSet<>();
  private final Set<ColumnRef> inferable = new TreeSet<>();
  private final List<EqualityBudget.Spending> equalities = new ArrayList<>();

  /// @param databaseMasks the database itself only knows masked values for this statement
  MaskingJudge(
      SensitiveView view,
      DecisionRequest request,
      Optional<EqualityBudget> budget,
      boolean databaseMasks) {
    this.view = view;
    this.request = request;
    this.budget = budget;
    this.databaseMasks = databaseMasks;
  }

  MaskingVerdict judge() {
    for (Use use : request.analysis().uses()) {
      for (Map.Entry<ColumnRef, Set<String>> entry : view.sensitive(use.sources()).entrySet()) {
        Optional<MaskingVerdict> refusal = refusal(use, entry.getKey(), entry.getValue());
        if (refusal.isPresent()) {
          return refusal.get();
        }
      }
    }
    MaskingPlan plan = plan(request.analysis());
    return new MaskingVerdict.Shown(plan, rewritten, equalities, inferable, view.lifted());
  }

  private Optional<MaskingVerdict> refusal(Use use, ColumnRef column, Set<String> tags) {
    return switch (use.role()) {
      case DECLASSIFIED -> Optional.empty();
      case COPY, UNKNOWN_FUNCTION, EXPLAIN -> refused(use, column, tags.iterator().next());
      case FALLIBLE, COSTLY, PIVOT -> harmlessOnMaskedValues(use, column, tags);
      case PREDICATE,
          JOIN,
          GROUP,
          HAVING,
          DISTINCT,
          SET_OPERATION,
          ORDER,
          WINDOW,
          QUALIFY,
          FILTER,
          LIMIT,
          ROWS ->
          view.masksOf(tags).stream()
              .map(mask -> refusalByTag(use, column, tags, mask))
              .flatMap(Optional::stream)
              .findFirst();
    };
  }

  /// What an error, a duration or a label tells about a masked value is what the mask shows anyway.
  private Optional<MaskingVerdict> harmlessOnMaskedValues(
      Use use, ColumnRef column, Set<String> tags) {
    if (databaseMasks) {
      return Optional.empty();
    }
    if (view.masksOf(tags).stream()
        .allMatch(mask -> mask.uses() instanceof TagMask.Uses.AtSource)) {
      rewritten.add(column);
      return Optional.empty();
    }
    return refused(use, column, tags.iterator().next());
  }

  private Optional<MaskingVerdict> refusalByTag(
      Use use, ColumnRef column, Set<String> tags, TagMask mask) {
    String tag =
        tags.stream().filter(t -> TagPattern.matches(mask.tag(), t)).findFirst().orElse(mask.tag());
    return switch (mask.uses()) {
      case TagMask.Uses.DenyAlways always -> refused(use, column, tag);
      case TagMask.Uses.Deny deny -> databaseMasks ? Optional.empty() : refused(use, column, tag);
      case TagMask.Uses.AtSource atSource -> {
        if (!databaseMasks) {
          rewritten.add(column);
        }
        yield Optional.empty();
      }
      case TagMask.Uses.Allow allow -> {
        inferable.add(column);
        yield Optional.empty();
      }
      case TagMask.Uses.Equality equality ->
          databaseMasks ? Optional.empty() : equality(use, column, tag, equality);
    };
  }

  private Optional<MaskingVerdict> equality(
      Use use, ColumnRef column, String tag, TagMask.Uses.Equality allowed) {
    Optional<Use.Equality> test =
        use.equality().filter(t -> t.column().equals(column) && use.role() == UseRole.PREDICATE);
    if (test.isEmpty() || use.sources().size() != 1) {
      return Optional.of(
          new MaskingVerdict.Refused(tag, column, use, MaskingWords.onlyEquality(column, use)));
    }
    if (budget.isEmpty()) {
      return Optional.of(
          new MaskingVerdict.Refused(tag, column, use, MaskingWords.noBudget(column)));
    }
    String subject = Facts.user(request.actor()).key();
    LocalDate day = request.at().atOffset(ZoneOffset.UTC).toLocalDate();
    Set<String> constants = constants(test.get());
    Set<String> spent = new HashSet<>(budget.get().spent(subject, column, day));
    equalities.stream()
        .filter(spending -> spending.column().equals(column))
        .forEach(spending -> spent.addAll(spending.constants()));
    long fresh = constants.stream().filter(constant -> !spent.contains(constant)).count();
    if (spent.size() + fresh > allowed.distinctPerDay()) {
      return Optional.of(
          new MaskingVerdict.Refused(
              tag, column, use, MaskingWords.budgetSpent(column, allowed.distinctPerDay())));
    }
    equalities.add(new EqualityBudget.Spending(subject, column, day, constants));
    return Optional.empty();
  }

  /// Which bind belongs to which test is not known, so every bind counts.
  private Set<String> constants(Use.Equality test) {
    Set<String> constants = new TreeSet<>();
    for (String constant : test.constants()) {
      boolean literal = constant.startsWith("'") || constant.matches("[0-9].*");
      if (literal) {
        constants.add(constant);
      } else {
        constants.add(constant);
        request.binds().forEach(bind -> constants.add("bind:" + bind));
      }
    }
    return constants;
  }

  private static Optional<MaskingVerdict> refused(Use use, ColumnRef column, String tag) {
    return Optional.of(
        new MaskingVerdict.Refused(
            tag, column, use, MaskingWords.refused(column, tag, use.role())));
  }

  private MaskingPlan plan(StatementAnalysis analysis) {
    List<ColumnMask> masks = new ArrayList<>();
    for (OutputColumn output : analysis.columns()) {
      Map<ColumnRef, Set<String>> sensitive = view.sensitive(output.sources());
      if (!sensitive.isEmpty()) {
        masks.add(mask(output, sensitive));
      }
    }
    return new MaskingPlan(analysis.columns().stream().map(OutputColumn::name).toList(), masks);
  }

  private ColumnMask mask(OutputColumn output, Map<ColumnRef, Set<String>> sensitive) {
    Set<String> tags = new TreeSet<>();
    sensitive.values().forEach(tags::addAll);
    boolean maskedAlready = databaseMasks || rewritten.containsAll(sensitive.keySet());
    MaskSpec spec =
        sensitive.size() == 1 && output.direct()
            ? view.specOf(sensitive.values().iterator().next())
            : MaskSpec.redact();
    return new ColumnMask(output.ordinal(), tags, sensitive.keySet(), spec, maskedAlready);
  }
}
