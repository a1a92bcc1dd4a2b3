package dev.sluice.governance.masking;

import org.jspecify.annotations.Nullable;

/// Shows the year of a date: every date becomes the first of January of its year.
///
/// ```example
/// {algorithm: date-to-year}
/// !date 1984-05-12 -> !date 1984-01-01
/// "1984-05-12" -> "1984-01-01"
/// "1984-05-12T10:30:00" -> "1984-01-01"
/// next week -> "[redacted]"
/// 1984 -> null
/// ```
final class DateToYearMask implements Mask {

  @Override
  public @Nullable Object mask(@Nullable Object value) {
    return Dates.change(value, date -> date.withDayOfYear(1));
  }
}
