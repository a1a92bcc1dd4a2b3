package dev.sluice.governance.masking;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Makes numbers coarse: `round` gives the nearest multiple of `to`, `bucket` the lower end of the
/// bucket of `size` that the number falls in. Exact decimals throughout; the type stays. A number
/// written as text stays a text. What is no number, or too large to be read as one, is redacted.
///
/// ```example
/// {algorithm: round, to: 1000}
/// 52300 -> 52000
/// 52500.75 -> 53000.0
/// "1499" -> "1000"
/// plenty -> "[redacted]"
/// ```
/// ```example
/// {algorithm: bucket, size: 10000}
/// 52300 -> 50000
/// -1 -> -10000
/// ```
final class RoundMask implements Mask {

  private static final int LONGEST = 60;

  private final BigDecimal step;
  private final RoundingMode rounding;

  RoundMask(BigDecimal step, RoundingMode rounding) {
    this.step = step;
    this.rounding = rounding;
  }

  @Override
  public @Nullable Object mask(@Nullable Object value) {
    if (value instanceof Number number) {
      BigDecimal decimal = Numbers.decimal(number);
      return decimal == null || isHuge(decimal) ? null : Numbers.like(number, coarse(decimal));
    }
    return TypedRedaction.isText(value) ? text(String.valueOf(value)) : TypedRedaction.of(value);
  }

  private String text(String text) {
    String digits = text.strip();
    if (digits.length() > LONGEST) {
      return TypedRedaction.TOKEN;
    }
    try {
      BigDecimal decimal = new BigDecimal(digits);
      return isHuge(decimal) ? TypedRedaction.TOKEN : coarse(decimal).toPlainString();
    } catch (NumberFormatException notANumber) {
      return TypedRedaction.TOKEN;
    }
  }

  private BigDecimal coarse(BigDecimal decimal) {
    return decimal.divide(step, 0, rounding).multiply(step);
  }

  private static boolean isHuge(BigDecimal decimal) {
    return (long) decimal.precision() - decimal.scale() > LONGEST || decimal.scale() > 1_000;
  }
}
