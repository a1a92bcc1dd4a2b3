package dev.sluice.governance.masking;

import org.jspecify.annotations.Nullable;

/// Replaces a text by a fixed token and everything else by NULL. The most restrictive mask: neither
/// length nor shape nor kind of the value is left.
///
/// ```example
/// {algorithm: redact}
/// jane.doe@acme.test -> "[redacted]"
/// "" -> "[redacted]"
/// 52300 -> null
/// true -> null
/// null -> null
/// ```
final class RedactMask implements Mask {

  static final RedactMask INSTANCE = new RedactMask();

  @Override
  public @Nullable Object mask(@Nullable Object value) {
    return TypedRedaction.of(value);
  }
}
