package dev.sluice.governance.masking;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Conversions that keep a number's own type.
final class Numbers {
  private Numbers() {}

  /// The decimal as the type of the model, or null when it does not fit exactly enough.
  static @Nullable Number like(Number model, BigDecimal decimal) {
    try {
      return switch (model) {
        case Integer ignored -> decimal.intValueExact();
        case Long ignored -> decimal.longValueExact();
        case Short ignored -> decimal.shortValueExact();
        case Byte ignored -> decimal.byteValueExact();
        case BigInteger ignored -> decimal.toBigIntegerExact();
        case BigDecimal ignored -> decimal;
        case Double ignored -> finite(decimal.doubleValue());
        case Float ignored ->
            finite((double) decimal.floatValue()) == null ? null : (Number) decimal.floatValue();
        default -> null;
      };
    } catch (ArithmeticException overflow) {
      return null;
    }
  }

  /// The number as a decimal, or null for NaN, infinities and unknown number types.
  static @Nullable BigDecimal decimal(Number number) {
    return switch (number) {
      case Integer value -> BigDecimal.valueOf(value);
      case Long value -> BigDecimal.valueOf(value);
      case Short value -> BigDecimal.valueOf(value);
      case Byte value -> BigDecimal.valueOf(value);
      case BigInteger value -> new BigDecimal(value);
      case BigDecimal value -> value;
      case Double value -> Double.isFinite(value) ? BigDecimal.valueOf(value) : null;
      case Float value -> Float.isFinite(value) ? new BigDecimal(Float.toString(value)) : null;
      default -> null;
    };
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
