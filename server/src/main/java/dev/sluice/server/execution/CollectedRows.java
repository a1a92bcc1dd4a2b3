package dev.sluice.server.execution;

import dev.sluice.gateway.execution.ResultReceiver;
import dev.sluice.governance.codec.wire.ApprovedRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A result that the server hands on, as far as people look at it.
final class CollectedRows implements ResultReceiver {
  private final List<ApprovedRun.Column> columns = new ArrayList<>();
  private final List<List<@Nullable Object>> rows = new ArrayList<>();
  private final long mostRows;

  CollectedRows(long mostRows) {
    this.mostRows = mostRows;
  }

  @Override
  public void columns(List<Column> shape) {
    for (Column column : shape) {
      columns.add(
          new ApprovedRun.Column(
              column.label(),
              column.typeName(),
              column.mask().map(mask -> mask.spec().algorithm()).orElse("")));
    }
  }

  @Override
  public void rows(List<@Nullable Object[]> more) {
    for (@Nullable Object[] row : more) {
      if (rows.size() < mostRows) {
        rows.add(Arrays.stream(row).map(CollectedRows::plain).toList());
      }
    }
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Boolean truth -> truth;
      case Integer number -> number;
      case Short number -> number;
      case String text -> text;
      default -> value.toString();
    };
  }

  List<ApprovedRun.Column> columns() {
    return columns;
  }

  List<List<@Nullable Object>> rows() {
    return rows;
  }

  boolean isCut(long delivered) {
    return delivered > rows.size();
  }
}
