package dev.sluice.gateway.workspace;

import dev.sluice.governance.codec.wire.ApprovedRun;
import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.masking.MaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Rows that the server sends along with what it ran, as a run here would tell them.
final class ServerRows {

  private ServerRows() {}

  /// @param columns empty when there is no result; nothing is told then
  static void tell(
      List<ApprovedRun.Column> columns,
      List<List<@Nullable Object>> rows,
      Consumer<RunEvent> listener) {
    if (columns.isEmpty()) {
      return;
    }
    listener.accept(new RunEvent.ColumnsKnown(known(columns)));
    listener.accept(
        new RunEvent.Rows(rows.stream().map(row -> row.toArray(new @Nullable Object[0])).toList()));
  }

  private static List<RunEvent.ResultColumn> known(List<ApprovedRun.Column> columns) {
    List<RunEvent.ResultColumn> known = new ArrayList<>();
    for (int ordinal = 0; ordinal < columns.size(); ordinal++) {
      ApprovedRun.Column column = columns.get(ordinal);
      Optional<ColumnMask> mask =
          column.algorithm().isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new ColumnMask(
                      ordinal, Set.of(), Set.of(), MaskSpec.of(column.algorithm()), false));
      known.add(new RunEvent.ResultColumn(column.label(), column.typeName(), mask));
    }
    return known;
  }
}
