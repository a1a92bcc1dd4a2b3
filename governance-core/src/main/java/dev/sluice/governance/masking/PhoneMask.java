package dev.sluice.governance.masking;

/// Shows the last digits of a telephone number (two unless `count` says otherwise) and its
/// punctuation; the other digits become `*`. What does not look like a number, or would show more
/// than half of its digits, is redacted.
///
/// ```example
/// {algorithm: phone}
/// "+49 171 1234567" -> "+** *** *****67"
/// "(030) 901820" -> "(***) ****20"
/// "110" -> "[redacted]"
/// call me -> "[redacted]"
/// 491711234567 -> null
/// ```
/// ```example
/// {algorithm: phone, count: 4}
/// "0171-1234567" -> "****-***4567"
/// ```
final class PhoneMask extends TextMask {

  private static final String PUNCTUATION = " +-()./";

  private final int count;

  PhoneMask(int count) {
    this.count = count;
  }

  @Override
  String maskText(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (isAsciiDigit(character)) {
        digits++;
      } else if (PUNCTUATION.indexOf(character) < 0) {
        return TypedRedaction.TOKEN;
      }
    }
    return digits == 0 || showsMoreThanHalf(count, digits)
        ? TypedRedaction.TOKEN
        : hideDigits(text, 0, digits - count);
  }

  /// Replaces each digit from the given one up to but not including the other, counted from 0.
  static String hideDigits(String text, int from, int to) {
    StringBuilder masked = new StringBuilder(text);
    int digit = 0;
    for (int i = 0; i < masked.length(); i++) {
      if (isAsciiDigit(masked.charAt(i))) {
        if (digit >= from && digit < to) {
          masked.setCharAt(i, '*');
        }
        digit++;
      }
    }
    return masked.toString();
  }
}
