package dev.sluice.gateway.execution;

import dev.sluice.governance.masking.ColumnMask;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes what may be shown. Called on the executing thread, in order.
public interface ResultReceiver {

  /// The result's shape, once, before its first row.
  void columns(List<Column> columns);

  /// Masked rows; the arrays are the receiver's.
  void rows(List<@Nullable Object[]> rows);

  /// @param label server label
  /// @param typeName engine type
  /// @param mask set when the column is masked
  record Column(String label, String typeName, Optional<ColumnMask> mask) {}
}
