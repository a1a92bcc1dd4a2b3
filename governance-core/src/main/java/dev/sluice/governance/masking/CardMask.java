package dev.sluice.governance.masking;

/// Shows the end of a payment card number, at most the last 4 digits, and with `first` at most the
/// first 6 (PCI DSS truncation). The first digits are shown only for numbers of 16 digits or more;
/// shorter ones show their end alone, and never more than half. What is not a card number (digits,
/// blanks and hyphens; 8 to 19 digits) is redacted.
///
/// ```example
/// {algorithm: card}
/// "4111111111111111" -> "************1111"
/// "4111-1111-1111-1111" -> "****-****-****-1111"
/// "411111" -> "[redacted]"
/// 4111111111111111 -> null
/// ```
/// ```example
/// {algorithm: card, first: 6}
/// "4111 1111 1111 1234" -> "4111 11** **** 1234"
/// "3782 822463 10005" -> "**** ****** *0005"
/// ```
final class CardMask extends TextMask {

  private final int first;
  private final int last;

  CardMask(int first, int last) {
    this.first = first;
    this.last = last;
  }

  @Override
  String maskText(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (isAsciiDigit(character)) {
        digits++;
      } else if (character != ' ' && character != '-') {
        return TypedRedaction.TOKEN;
      }
    }
    if (digits < 8 || digits > 19 || showsMoreThanHalf(last, digits)) {
      return TypedRedaction.TOKEN;
    }
    return PhoneMask.hideDigits(text, digits >= 16 ? first : 0, digits - last);
  }
}
