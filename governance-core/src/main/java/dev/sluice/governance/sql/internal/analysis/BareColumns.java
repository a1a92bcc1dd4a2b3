package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.UseRole;
import dev.sluice.governance.sql.internal.functions.FunctionEntry.Kind;
import dev.sluice.governance.sql.internal.resolve.Identifiers;
import dev.sluice.governance.sql.internal.resolve.Misunderstood;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.Value;
import dev.sluice.governance.sql.internal.tree.Trees;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;
import org.jspecify.annotations.Nullable;

/// SQLite takes columns that are neither grouped nor aggregated from the row in which a `min` or
/// `max` found its value: that value then chooses what is shown, as an ORDER BY would.
final class BareColumns {
  private final Context context;

  BareColumns(Context context) {
    this.context = context;
  }

  void check(PlainSelect select, Scope scope) {
    if (context.dialect != Dialect.SQLITE) {
      return;
    }
    boolean bare =
        Trees.contains(
            ungrouped(select),
            Column.class::isInstance,
            node -> node instanceof Select || aggregate(node));
    if (!bare) {
      return;
    }
    for (SelectItem<?> item : select.getSelectItems()) {
      extremes(item.getExpression(), scope);
    }
    if (select.getHaving() != null) {
      extremes(select.getHaving(), scope);
    }
  }

  /// The items that are not grouped by as they stand.
  private List<Expression> ungrouped(PlainSelect select) {
    Set<String> keys = new HashSet<>();
    if (select.getGroupBy() != null && select.getGroupBy().getGroupByExpressionList() != null) {
      for (Object key : select.getGroupBy().getGroupByExpressionList()) {
        keys.add(text((Expression) key));
      }
    }
    List<Expression> items = new ArrayList<>();
    for (int i = 0; i < select.getSelectItems().size(); i++) {
      SelectItem<?> item = select.getSelectItem(i);
      boolean byAlias =
          item.getAlias() != null && keys.contains(Identifiers.lower(item.getAlias().getName()));
      boolean grouped =
          byAlias
              || keys.contains(text(item.getExpression()))
              || keys.contains(String.valueOf(i + 1));
      if (!grouped) {
        items.add(item.getExpression());
      }
    }
    return items;
  }

  private String text(Expression expression) {
    return Identifiers.lower(context.source(expression).strip());
  }

  private void extremes(Expression expression, Scope scope) {
    Trees.contains(
        expression,
        node -> {
          if (extreme(node)) {
            Function function = (Function) node;
            Expression argument = Calls.argumentsOf(function).get(0);
            Value value = value(argument, scope);
            if (value != null) {
              context.use(UseRole.ORDER, value, function);
            }
          }
          return false;
        },
        node -> false);
  }

  /// The value of an argument here; an aggregate inside a subquery is this query's when its
  /// argument means something here.
  private @Nullable Value value(Expression argument, Scope scope) {
    try {
      return context.quietly(() -> context.expressions.evaluate(argument, scope));
    } catch (Misunderstood e) {
      return null;
    }
  }

  private static boolean extreme(Object node) {
    return node instanceof Function function
        && Calls.argumentsOf(function).size() == 1
        && switch (Identifiers.lower(function.getName())) {
          case "min", "max" -> true;
          default -> false;
        };
  }

  private boolean aggregate(Object node) {
    if (!(node instanceof Function function)) {
      return false;
    }
    String name = Identifiers.lower(function.getName());
    boolean scalar = (name.equals("min") || name.equals("max")) && !extreme(node);
    return !scalar
        && context.builtins.find(name).filter(entry -> entry.kind() == Kind.AGGREGATE).isPresent();
  }
}
