package dev.sluice.governance.masking;

/// Shows the country of an IBAN and its last four characters, grouping kept. What does not have the
/// form of an IBAN (two letters, two digits, 11 to 30 letters or digits, blanks between) is
/// redacted.
///
/// ```example
/// {algorithm: iban}
/// DE89370400440532013000 -> "DE****************3000"
/// DE89 3704 0044 0532 0130 00 -> "DE** **** **** **** **30 00"
/// DE89 -> "[redacted]"
/// ```
final class IbanMask extends TextMask {

  @Override
  String maskText(String text) {
    String compact = text.replace(" ", "");
    if (!isIbanLike(compact)) {
      return TypedRedaction.TOKEN;
    }
    StringBuilder masked = new StringBuilder(text);
    int position = 0;
    for (int i = 0; i < masked.length(); i++) {
      if (masked.charAt(i) != ' ') {
        if (position >= 2 && position < compact.length() - 4) {
          masked.setCharAt(i, '*');
        }
        position++;
      }
    }
    return masked.toString();
  }

  private static boolean isIbanLike(String compact) {
    if (compact.length() < 15 || compact.length() > 34) {
      return false;
    }
    for (int i = 0; i < compact.length(); i++) {
      char character = compact.charAt(i);
      boolean digit = isAsciiDigit(character);
      boolean letter = isAsciiLetterOrDigit(character) && !digit;
      if (i < 2 ? !letter : i < 4 ? !digit : !digit && !letter) {
        return false;
      }
    }
    return true;
  }
}
