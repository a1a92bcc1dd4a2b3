package dev.sluice.governance.masking;

import org.jspecify.annotations.Nullable;

/// Shows year and month of a date: every date becomes the first of its month.
///
/// ```example
/// {algorithm: date-to-month}
/// !date 1984-05-12 -> !date 1984-05-01
/// "1984-05-12" -> "1984-05-01"
/// ```
final class DateToMonthMask implements Mask {

  @Override
  public @Nullable Object mask(@Nullable Object value) {
    return Dates.change(value, date -> date.withDayOfMonth(1));
  }
}
