package dev.sluice.governance.masking;

import java.util.List;
import java.util.Optional;

/// What a result must look like and which of its columns are masked, decided before it is run.
///
/// @param labels predicted labels by ordinal; the result must have exactly this width
/// @param masks the masked columns, in ordinal order
public record MaskingPlan(List<String> labels, List<ColumnMask> masks) {
  public MaskingPlan {
    labels = List.copyOf(labels);
    masks = List.copyOf(masks);
  }

  public Optional<ColumnMask> maskAt(int ordinal) {
    return masks.stream().filter(mask -> mask.ordinal() == ordinal).findFirst();
  }

  public int width() {
    return labels.size();
  }

  /// A plan for a statement without a result.
  public static MaskingPlan none() {
    return new MaskingPlan(List.of(), List.of());
  }
}
