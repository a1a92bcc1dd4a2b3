package dev.sluice.governance.discovery;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.masking.MaskSpec;
import java.util.List;

/// A column that probably holds something worth protecting.
///
/// @param column a column of a base table
/// @param tag proposed classification
/// @param mask proposed mask for the tag
/// @param confidence from 1 to 99
/// @param reasons why, in sentences without values, the strongest first
public record Proposal(
    ColumnRef column, String tag, MaskSpec mask, int confidence, List<String> reasons) {

  /// From here on a proposal masks until a person has decided on it.
  public static final int CONFIDENT = 80;

  public Proposal {
    reasons = List.copyOf(reasons);
  }

  public boolean confident() {
    return confidence >= CONFIDENT;
  }
}
