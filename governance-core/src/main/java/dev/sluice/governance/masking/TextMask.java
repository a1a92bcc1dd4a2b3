package dev.sluice.governance.masking;

import org.jspecify.annotations.Nullable;

/// A mask that understands text only; every other value is redacted by its type.
abstract class TextMask implements Mask {

  @Override
  public final @Nullable Object mask(@Nullable Object value) {
    if (value instanceof String text) {
      return maskText(text);
    }
    return TypedRedaction.isText(value) ? maskText(String.valueOf(value)) : null;
  }

  /// @return what to show; [TypedRedaction#TOKEN] when the text is not of the expected form
  abstract String maskText(String text);

  /// Whether so many shown out of so many would be more than half: then the full mask is used.
  static boolean showsMoreThanHalf(long shown, long total) {
    return shown * 2 > total;
  }

  static boolean isAsciiDigit(int codePoint) {
    return codePoint >= '0' && codePoint <= '9';
  }

  static boolean isAsciiLetterOrDigit(int codePoint) {
    return isAsciiDigit(codePoint)
        || (codePoint >= 'a' && codePoint <= 'z')
        || (codePoint >= 'A' && codePoint <= 'Z');
  }
}
