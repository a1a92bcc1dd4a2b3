package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.UseRole;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.Scope.AliasUse;
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
    if (left.size() != right.size() || open(left) || open(right)) {
      throw context.refuse(
          "different-widths",
          "The queries joined by a set operation return different numbers of columns.",
          list,
          "Select the same number of columns in each.");
    }
    String modifier =
        operation.getModifier() == null ? "" : operation.getModifier().toLowerCase(Locale.ROOT);
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

  private static boolean open(List<Output> outputs) {
    return outputs.stream().anyMatch(output -> output.field().name().equals("*"));
  }
}
