package dev.sluice.governance.masking;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/// Shows an age as a band of years (10 unless `years` says otherwise). Types stay: a date of birth
/// becomes the date of birth of somebody who turns the band's lower age on the day `as-of`, an ISO
/// text becomes the band in words, a number of years its lower end. `as-of` is the day of the
/// question; the policy engine sets it. Without it dates are redacted.
///
/// ```example
/// {algorithm: age-band, years: 10, as-of: "2026-06-15"}
/// !date 1984-05-12 -> !date 1986-06-15
/// "1984-05-12" -> "40-49"
/// 43 -> 40
/// "2030-01-01" -> "[redacted]"
/// someone -> "[redacted]"
/// ```
final class AgeBandMask implements Mask {

  private final int years;
  private final @Nullable LocalDate asOf;

  AgeBandMask(int years, @Nullable LocalDate asOf) {
    this.years = years;
    this.asOf = asOf;
  }

  @Override
  public @Nullable Object mask(@Nullable Object value) {
    if (value instanceof Number number) {
      return band(number);
    }
    LocalDate today = asOf;
    if (today == null) {
      return TypedRedaction.of(value);
    }
    if (value instanceof CharSequence) {
      Object year = Dates.change(value, date -> today.minusYears(lowerAge(date, today)));
      if (!(year instanceof String text) || text.equals(TypedRedaction.TOKEN)) {
        return TypedRedaction.TOKEN;
      }
      int lower = Period.between(LocalDate.parse(text), today).getYears();
      return lower < 0 ? TypedRedaction.TOKEN : lower + "-" + (lower + years - 1);
    }
    return Dates.change(value, date -> today.minusYears(lowerAge(date, today)));
  }

  private int lowerAge(LocalDate birth, LocalDate today) {
    if (birth.isAfter(today)) {
      throw new ArithmeticException("not born yet");
    }
    return Period.between(birth, today).getYears() / years * years;
  }

  private @Nullable Number band(Number number) {
    BigDecimal age = Numbers.decimal(number);
    if (age == null || age.signum() < 0 || age.compareTo(BigDecimal.valueOf(200)) > 0) {
      return null;
    }
    BigInteger size = BigInteger.valueOf(years);
    return Numbers.like(number, new BigDecimal(age.toBigInteger().divide(size).multiply(size)));
  }
}
