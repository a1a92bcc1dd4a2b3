package dev.sluice.governance.masking;

import org.jspecify.annotations.Nullable;

/// Rows in, masked rows out. Made once per result from a [MaskingPlan]; knows no JDBC.
public interface RowMasker {

  /// Masks in place.
  ///
  /// @param row values by ordinal; its length must be the plan's width, else it throws
  ///     `IllegalArgumentException` before anything is shown
  void mask(@Nullable Object[] row);
}
