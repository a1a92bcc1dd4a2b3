package dev.sluice.governance.masking;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the row masker of one result.
public final class RowMaskers {

  private RowMaskers() {}

  /// @throws IllegalArgumentException when the plan names a mask that does not exist, masks one
  ///     ordinal twice or masks beyond its width: nothing may be shown then
  public static RowMasker of(MaskingPlan plan, MaskKeys keys) {
    List<ColumnMask> active = plan.masks().stream().filter(mask -> !mask.atSource()).toList();
    int width = plan.width();
    int[] ordinals = active.stream().mapToInt(ColumnMask::ordinal).toArray();
    Mask[] masks = active.stream().map(mask -> Masks.of(mask.spec(), keys)).toArray(Mask[]::new);
    if (plan.masks().stream().anyMatch(mask -> mask.ordinal() < 0 || mask.ordinal() >= width)
        || plan.masks().stream().map(ColumnMask::ordinal).distinct().count()
            != plan.masks().size()) {
      throw new IllegalArgumentException("The masking plan does not fit its own width.");
    }
    return row -> maskRow(row, width, ordinals, masks);
  }

  private static void maskRow(@Nullable Object[] row, int width, int[] ordinals, Mask[] masks) {
    if (row.length != width) {
      throw new IllegalArgumentException(
          "The result has " + row.length + " columns, the plan expects " + width + ".");
    }
    for (int i = 0; i < masks.length; i++) {
      row[ordinals[i]] = masks[i].mask(row[ordinals[i]]);
    }
  }
}
