package dev.sluice.governance.discovery;

import dev.sluice.governance.catalog.ColumnRef;
import java.util.List;

/// Some values of columns, read by whoever has a connection. At most [Discovery#SAMPLES] of each
/// column are looked at.
public interface ColumnSamples {

  /// @return values as text, without NULLs; empty when there are none
  List<String> of(ColumnRef column);

  static ColumnSamples none() {
    return column -> List.of();
  }
}
