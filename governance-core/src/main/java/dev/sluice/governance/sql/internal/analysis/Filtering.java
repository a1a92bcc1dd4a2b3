package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.Source;
import java.util.List;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.statement.select.Join;
import org.jspecify.annotations.Nullable;

/// Whether a condition chooses among the rows of a table that is changed.
///
/// Only what is listed here counts: a condition that may be true for every row whatever it holds
/// does not filter.
final class Filtering {
  private final Context context;

  Filtering(Context context) {
    this.context = context;
  }

  /// @param joins those whose inner ones choose rows too
  boolean filters(Source target, @Nullable Expression condition, List<Join> joins, Scope scope) {
    RowChoice choice = new RowChoice(context, target, scope);
    return context.quietly(
        () -> {
          if (condition != null && choice.filters(condition, false)) {
            return true;
          }
          return joins.stream().anyMatch(join -> byJoin(join, choice));
        });
  }

  private static boolean byJoin(Join join, RowChoice choice) {
    boolean inner =
        !join.isLeft() && !join.isRight() && !join.isFull() && !join.isOuter() && !join.isCross();
    return inner && join.getOnExpressions().stream().anyMatch(on -> choice.filters(on, false));
  }
}
