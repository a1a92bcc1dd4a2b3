package dev.sluice.governance.masking;

import org.jspecify.annotations.Nullable;

/// Replaces every value by NULL, whatever its type.
///
/// ```example
/// {algorithm: nullify}
/// jane.doe@acme.test -> null
/// 52300 -> null
/// ```
final class NullifyMask implements Mask {

  @Override
  public @Nullable Object mask(@Nullable Object value) {
    return null;
  }
}
