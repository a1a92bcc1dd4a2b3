package dev.sluice.governance.masking;

/// Keeps the shape: a lower-case letter becomes `x`, any other letter `X`, a digit `9`; blanks and
/// punctuation stay; everything else becomes `*`. A text that is more than half punctuation is
/// redacted.
///
/// ```example
/// {algorithm: shape}
/// AB-4711/xy -> "XX-9999/xx"
/// Jürgen Groß -> "Xxxxxx Xxxx"
/// 東京1 -> "XX9"
/// "..-" -> "[redacted]"
/// ```
final class ShapeMask extends TextMask {

  @Override
  String maskText(String text) {
    StringBuilder masked = new StringBuilder(text.length());
    int[] codePoints = text.codePoints().toArray();
    int kept = 0;
    for (int codePoint : codePoints) {
      if (Character.isLowerCase(codePoint)) {
        masked.append('x');
      } else if (Character.isLetter(codePoint)) {
        masked.append('X');
      } else if (Character.isDigit(codePoint)) {
        masked.append('9');
      } else if (isPunctuation(codePoint)) {
        masked.appendCodePoint(codePoint);
        kept++;
      } else {
        masked.append('*');
      }
    }
    return codePoints.length == 0 || showsMoreThanHalf(kept, codePoints.length)
        ? TypedRedaction.TOKEN
        : masked.toString();
  }

  private static boolean isPunctuation(int codePoint) {
    return codePoint == ' '
        || switch (Character.getType(codePoint)) {
          case Character.DASH_PUNCTUATION,
              Character.START_PUNCTUATION,
              Character.END_PUNCTUATION,
              Character.CONNECTOR_PUNCTUATION,
              Character.OTHER_PUNCTUATION ->
              true;
          default -> false;
        };
  }
}
