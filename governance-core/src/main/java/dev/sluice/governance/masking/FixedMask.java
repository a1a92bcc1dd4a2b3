package dev.sluice.governance.masking;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Replaces every value by one constant of the same type: a text by a text, a number by a number. A
/// value of another type than the constant is redacted.
///
/// ```example
/// {algorithm: fixed, value: hidden}
/// jane.doe@acme.test -> hidden
/// 52300 -> null
/// ```
/// ```example
/// {algorithm: fixed, value: 0}
/// 52300 -> 0
/// jane.doe@acme.test -> "[redacted]"
/// ```
final class FixedMask implements Mask {

  private final Object constant;

  FixedMask(Object constant) {
    this.constant = constant;
  }

  @Override
  public @Nullable Object mask(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (TypedRedaction.isText(value) && constant instanceof String) {
      return constant;
    }
    if (value instanceof Boolean && constant instanceof Boolean) {
      return constant;
    }
    if (value instanceof Number number && constant instanceof Number replacement) {
      return Numbers.like(number, new BigDecimal(replacement.toString()));
    }
    return TypedRedaction.of(value);
  }
}
