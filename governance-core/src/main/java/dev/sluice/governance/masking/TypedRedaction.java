package dev.sluice.governance.masking;

import org.jspecify.annotations.Nullable;

/// What stands in for a value that may not be shown at all: a fixed token for text, NULL for every
/// other type. It tells neither length nor shape.
final class TypedRedaction {

  /// The token that people see in place of a text.
  static final String TOKEN = "[redacted]";

  private TypedRedaction() {}

  static @Nullable Object of(@Nullable Object value) {
    return isText(value) ? TOKEN : null;
  }

  static boolean isText(@Nullable Object value) {
    return value instanceof CharSequence || value instanceof Character;
  }
}
