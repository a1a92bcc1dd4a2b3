package dev.sluice.governance.masking;

/// Keeps code points at the beginning, the end or both; each other becomes `*`. When what is kept
/// would be more than half of the text, the whole text is redacted.
///
/// ```example
/// {algorithm: keep-last, count: 4}
/// 123-45-6789 -> "*******6789"
/// "1234567" -> "[redacted]"
/// "12345678" -> "****5678"
/// 123456789 -> null
/// ```
/// ```example
/// {algorithm: keep-first, count: 2}
/// Köln-Mitte -> "Kö********"
/// 😀😁😂😃😄 -> "😀😁***"
/// ```
/// ```example
/// {algorithm: keep-both, first: 1, last: 2}
/// Wintermute -> "W*******te"
/// abc -> "[redacted]"
/// ```
final class KeepMask extends TextMask {

  private final int first;
  private final int last;

  KeepMask(int first, int last) {
    this.first = first;
    this.last = last;
  }

  @Override
  String maskText(String text) {
    int total = text.codePointCount(0, text.length());
    if (total == 0 || showsMoreThanHalf((long) first + last, total)) {
      return TypedRedaction.TOKEN;
    }
    int head = text.offsetByCodePoints(0, first);
    int tail = text.offsetByCodePoints(text.length(), -last);
    int stars = total - first - last;
    return new StringBuilder(head + stars + text.length() - tail)
        .append(text, 0, head)
        .repeat('*', stars)
        .append(text, tail, text.length())
        .toString();
  }
}
