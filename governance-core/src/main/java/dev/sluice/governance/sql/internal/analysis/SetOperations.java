package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.UseRole;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.Scope.AliasUse;
import dev.sluice.governance.sql.internal.resolve.TypeFamily;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.sf.jsqlparser.statement.select.*;

/// Set operations: columns meet by position, and all but UNION ALL compare them.
final class SetOperations {
  private final Context context;

  SetOperations(Context context) {
    this.context = context;
  }

  List<Output> outputs(SetOperationList list, Scope scope) {
    List<Output> result = List.of();
    for (int i = 0; i < list.getSelects().size(); i++) {
      List<Output> next = context.queries.query(list.getSelects().get(i), scope.derivedQuery());
      if (i == 0) {
        result = next;
        continue;
      }
      SetOperation operation = list.getOperations().get(i - 1);
      context.visit(operation);
      result = combined(result, next, operation, list);
    }
    scope.exposeOutputs(Output.fields(result), AliasUse.AFTER_COLUMNS);
    tailOfOperations(list, scope, result);
    return result;
  }

  private void tailOfOperations(SetOperationList list, Scope scope, List<Output> result) {
    context.queries.tail(list, scope, result);
    scope.exposeOutputs(List.of(), AliasUse.NONE);
  }

  private List<Output> combined(
      List<Output> left, List<Output> right, SetOperation operation, SetOperationList list) {
    String modifier =
        operation.getModifier() == null ? "" : operation.getModifier().toLowerCase(Locale.ROOT);
    if (modifier.endsWith("by name")
        && context.dialect == Dialect.DUCKDB
        && !open(left)
        && !open(right)) {
      return byName(left, right, modifier.startsWith("all"));
    }
    if (left.size() != right.size() || open(left) || open(right)) {
      throw context.refuse(
          "different-widths",
          "The queries joined by a set operation return different numbers of columns.",
          list,
          "Select the same number of columns in each.");
    }
    boolean keepsAll = operation instanceof UnionOp && modifier.equals("all");
    if (!modifier.isEmpty() && !modifier.equals("all") && !modifier.equals("distinct")) {
      throw context.unknownConstruct(operation, modifier);
    }
    List<Output> result = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      Output first = left.get(i);
      Value value = first.field().value().either(right.get(i).field().value());
      result.add(Output.of(first.field().name(), value, first.span()));
      if (!keepsAll) {
        context.findings.use(UseRole.SET_OPERATION, value, first.span());
      }
    }
    return result;
  }

  /// DuckDB's UNION BY NAME: columns of one name meet, the others are NULL on the other side.
  private List<Output> byName(List<Output> left, List<Output> right, boolean keepsAll) {
    List<Output> result = new ArrayList<>(left);
    for (Output second : right) {
      int at = 0;
      while (at < result.size()
          && !context.identifiers.same(result.get(at).field().name(), second.field().name())) {
        at++;
      }
      Value none = Value.constant(TypeFamily.NULL);
      if (at == result.size()) {
        result.add(
            Output.of(second.field().name(), second.field().value().either(none), second.span()));
      } else {
        Output first = result.get(at);
        Value value = first.field().value().either(second.field().value());
        result.set(at, Output.of(first.field().name(), value, first.span()));
      }
    }
    if (!keepsAll) {
      result.forEach(
          output ->
              context.findings.use(UseRole.SET_OPERATION, output.field().value(), output.span()));
    }
    return result;
  }

  private static boolean open(List<Output> outputs) {
    return outputs.stream().anyMatch(output -> output.field().name().equals("*"));
  }
}
