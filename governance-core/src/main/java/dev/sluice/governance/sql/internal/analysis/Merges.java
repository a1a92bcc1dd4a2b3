package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.UseRole;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.Source;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.merge.MergeDelete;
import net.sf.jsqlparser.statement.merge.MergeInsert;
import net.sf.jsqlparser.statement.merge.MergeSide;
import net.sf.jsqlparser.statement.merge.MergeUpdate;
import org.jspecify.annotations.Nullable;

/// MERGE: each branch is an effect of its own.
final class Merges {
  private final Context context;

  Merges(Context context) {
    this.context = context;
  }

  List<Output> merge(Merge merge, Scope scope) {
    context.visit(merge);
    context.commonTables.define(merge.getWithItemsList(), scope);
    Source target = context.relations.target(merge.getTable());
    scope.add(target);
    context.fromItems.item(merge.getFromItem(), scope, false);
    context.findings.effect(EffectKind.MERGE, Writes.name(target));
    context.predicates.predicate(UseRole.JOIN, merge.getOnCondition(), scope);
    boolean matched = context.filtering.filters(target, merge.getOnCondition(), List.of(), scope);
    for (Object branch : branches(merge)) {
      branch(branch, target, matched, scope);
    }
    return context.writes.returning(merge.getReturningClause(), scope);
  }

  private static List<Object> branches(Merge merge) {
    Set<Object> branches = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Object> ordered = new ArrayList<>();
    List<@Nullable Object> candidates = new ArrayList<>();
    candidates.add(merge.getMergeUpdate());
    candidates.add(merge.getMergeInsert());
    if (merge.getOperations() != null) {
      candidates.addAll(merge.getOperations());
    }
    for (Object candidate : candidates) {
      if (candidate != null && branches.add(candidate)) {
        ordered.add(candidate);
      }
    }
    return ordered;
  }

  private void branch(Object branch, Source target, boolean matched, Scope scope) {
    context.visit(branch);
    switch (branch) {
      case MergeInsert insert when nothing(insert.getColumns()) -> {
        context.visitAll(insert.getColumns());
        context.visitAll(insert.getValues());
        condition(insert.getAndPredicate(), scope);
      }
      case MergeUpdate update when nothing(update.getUpdateSets().getFirst().getColumns()) -> {
        context.visitAll(update.getUpdateSets());
        condition(update.getAndPredicate(), scope);
      }
      case MergeInsert insert -> {
        context.findings.effect(EffectKind.INSERT, Writes.name(target));
        condition(insert.getAndPredicate(), scope);
        condition(insert.getWhereCondition(), scope);
        if (insert.getColumns() != null) {
          context.visit(insert.getColumns());
          for (Column column : insert.getColumns()) {
            context.visit(column);
          }
        }
        if (insert.getValues() != null) {
          for (Value value : context.expressions.elements(insert.getValues(), scope)) {
            context.use(UseRole.COPY, value, insert);
          }
        }
      }
      case MergeUpdate update -> {
        condition(update.getAndPredicate(), scope);
        condition(update.getWhereCondition(), scope);
        boolean filtered =
            filtered(update.getSide(), update.getAndPredicate(), target, matched, scope);
        context.findings.effect(EffectKind.UPDATE, filtered, Writes.name(target));
        context.writes.assignments(update.getUpdateSets(), scope, target);
        if (update.getDeleteWhereCondition() != null) {
          condition(update.getDeleteWhereCondition(), scope);
          context.findings.effect(EffectKind.DELETE, filtered, Writes.name(target));
        }
      }
      case MergeDelete delete -> {
        condition(delete.getAndPredicate(), scope);
        boolean filtered =
            filtered(delete.getSide(), delete.getAndPredicate(), target, matched, scope);
        context.findings.effect(EffectKind.DELETE, filtered, Writes.name(target));
      }
      default -> throw context.unknownConstruct(branch);
    }
  }

  /// DO NOTHING, as the gate hands it over.
  private static boolean nothing(@Nullable ExpressionList<Column> columns) {
    return columns != null
        && columns.size() == 1
        && columns.getFirst().getColumnName().equals("sluice_nothing");
  }

  /// Rows that the source does not match are chosen by the branch's own condition only.
  private boolean filtered(
      @Nullable MergeSide side,
      @Nullable Expression condition,
      Source target,
      boolean matched,
      Scope scope) {
    boolean bySource = side == MergeSide.SOURCE;
    return (matched && !bySource) || context.filtering.filters(target, condition, List.of(), scope);
  }

  private void condition(@Nullable Expression condition, Scope scope) {
    context.predicates.predicate(UseRole.PREDICATE, condition, scope);
  }
}
