package dev.sluice.app.results;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/// What the selected cells come to. Masked cells take no part: a sum over them would be made up.
///
/// @param cells selected cells that are not masked
/// @param masked selected cells that are
/// @param missing cells that are NULL
/// @param numbers cells that are numbers
/// @param sum exact
record SelectionStatistics(
    long cells,
    long masked,
    long missing,
    long numbers,
    BigDecimal sum,
    Optional<BigDecimal> least,
    Optional<BigDecimal> most) {

  /// More cells than this are not summed up.
  static final long LIMIT = 2_000_000;

  static SelectionStatistics of(GridModel model, GridSelection selection) {
    long cells = 0;
    long masked = 0;
    long missing = 0;
    long numbers = 0;
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal least = null;
    BigDecimal most = null;
    for (int column = selection.firstColumn(); column <= selection.lastColumn(); column++) {
      for (int row = selection.firstRow(); row <= selection.lastRow(); row++) {
        if (model.masked(row, column)) {
          masked++;
          continue;
        }
        cells++;
        if (model.isNull(row, column)) {
          missing++;
          continue;
        }
        Optional<BigDecimal> number = CellFilter.number(model.preview(row, column, 400));
        if (number.isPresent()) {
          numbers++;
          BigDecimal value = number.get();
          sum = sum.add(value);
          least = least == null || value.compareTo(least) < 0 ? value : least;
          most = most == null || value.compareTo(most) > 0 ? value : most;
        }
      }
    }
    return new SelectionStatistics(
        cells,
        masked,
        missing,
        numbers,
        sum,
        Optional.ofNullable(least),
        Optional.ofNullable(most));
  }

  Optional<BigDecimal> mean() {
    return numbers == 0
        ? Optional.empty()
        : Optional.of(
            sum.divide(BigDecimal.valueOf(numbers), MathContext.DECIMAL64).stripTrailingZeros());
  }
}
