package dev.sluice.gateway.execution;

import java.util.Arrays;
import java.util.Optional;

/// Recognises card numbers, IBANs and national ids by their shape and check digits in text that no
/// mask covers. The last line, not a control of its own: splitting or encoding a value defeats it.
final class ValueShapes {

  /// What stands in for such text.
  static final String HIDDEN = "[hidden]";

  /// The shortest of them, an identity number, has so many characters.
  private static final int SHORTEST = 11;

  private static final byte OTHER = 0;
  private static final byte LOWER = 1;
  private static final byte DIGIT = 2;
  private static final byte UPPER = 3;

  private static final byte[] ASCII = new byte[128];

  static {
    Arrays.fill(ASCII, 'a', 'z' + 1, LOWER);
    Arrays.fill(ASCII, '0', '9' + 1, DIGIT);
    Arrays.fill(ASCII, 'A', 'Z' + 1, UPPER);
  }

  private ValueShapes() {}

  /// What the text contains, in words that carry no value. Without an allocation, and looking at
  /// few characters of most text: every open text cell of every result comes through here.
  static Optional<String> in(String text) {
    int start = 0;
    // What was seen to be possible from `start` on, so that no character is looked at twice.
    int seen = 0;
    while (start + SHORTEST <= text.length()) {
      int at = start + SHORTEST - 1;
      while (at >= seen && isPossible(text.charAt(at))) {
        at--;
      }
      if (at >= seen) {
        // None of the shapes has this character in its first eleven: all of them are passed over.
        start = at + 1;
        seen = start;
        continue;
      }
      seen = start + SHORTEST;
      byte kind = kind(text.charAt(start));
      if (kind >= DIGIT && (start == 0 || kind(text.charAt(start - 1)) == OTHER)) {
        Optional<String> found = at(text, start, kind);
        if (found.isPresent()) {
          return found;
        }
      }
      start++;
    }
    return Optional.empty();
  }

  /// Whether the character may be among the first eleven of any of the shapes.
  private static boolean isPossible(char found) {
    return isDigit(found) || isUpper(found) || found == ' ' || found == '-';
  }

  private static byte kind(char found) {
    return found < ASCII.length ? ASCII[found] : Character.isLetterOrDigit(found) ? LOWER : OTHER;
  }

  private static Optional<String> at(String text, int start, byte kind) {
    if (kind == UPPER) {
      return isIban(text, start) ? Optional.of("IBAN") : Optional.empty();
    }
    if (isNationalId(text, start)) {
      return Optional.of("national id");
    }
    return isCard(text, start) ? Optional.of("card number") : Optional.empty();
  }

  /// `ddd-dd-dddd`, nothing of its kind before or after it.
  private static boolean isNationalId(String text, int start) {
    String shape = "ddd-dd-dddd";
    int end = start + shape.length();
    if (end > text.length() || (start > 0 && text.charAt(start - 1) == '-')) {
      return false;
    }
    for (int index = 0; index < shape.length(); index++) {
      char found = text.charAt(start + index);
      if (shape.charAt(index) == 'd' ? !isDigit(found) : found != '-') {
        return false;
      }
    }
    return end == text.length() || !(isDigit(text.charAt(end)) || text.charAt(end) == '-');
  }

  /// 13 to 19 digits, single blanks or dashes between them, known first digits, Luhn's check.
  private static boolean isCard(String text, int start) {
    // No brand begins with another digit.
    if (text.length() - start < 13 || text.charAt(start) < '2' || text.charAt(start) > '6') {
      return false;
    }
    int[] digits = new int[19];
    int count = 0;
    int index = start;
    while (index < text.length()) {
      char found = text.charAt(index);
      if (isDigit(found)) {
        if (count == digits.length) {
          return false;
        }
        digits[count++] = found - '0';
      } else if (!((found == ' ' || found == '-')
          && index + 1 < text.length()
          && isDigit(text.charAt(index + 1)))) {
        break;
      }
      index++;
    }
    boolean apart = index == text.length() || !Character.isLetterOrDigit(text.charAt(index));
    return apart && isBrand(digits, count) && luhn(digits, count);
  }

  private static boolean isBrand(int[] digits, int count) {
    int two = digits[0] * 10 + digits[1];
    int four = two * 100 + digits[2] * 10 + digits[3];
    return switch (count) {
      case 13, 19 -> digits[0] == 4;
      case 14 -> two == 30 || two == 36 || two == 38;
      case 15 -> two == 34 || two == 37;
      case 16 ->
          digits[0] == 4
              || (two >= 51 && two <= 55)
              || (four >= 2221 && four <= 2720)
              || two == 35
              || four == 6011
              || two == 65;
      default -> false;
    };
  }

  private static boolean luhn(int[] digits, int count) {
    int sum = 0;
    for (int index = 0; index < count; index++) {
      int digit = digits[count - 1 - index];
      if (index % 2 == 1) {
        digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
      }
      sum += digit;
    }
    return sum % 10 == 0;
  }

  /// Two letters, two digits, 11 to 30 letters and digits, blanks between groups, modulo 97.
  private static boolean isIban(String text, int start) {
    if (start + 15 > text.length()
        || !isUpper(text.charAt(start + 1))
        || !isDigit(text.charAt(start + 2))
        || !isDigit(text.charAt(start + 3))) {
      return false;
    }
    StringBuilder plain = new StringBuilder(34);
    for (int index = start; index < text.length() && plain.length() <= 34; index++) {
      char found = text.charAt(index);
      if (isDigit(found) || isUpper(found)) {
        plain.append(found);
      } else if (found != ' ') {
        break;
      }
      if (plain.length() >= 15 && isEnd(text, index + 1) && modulo97(plain) == 1) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEnd(String text, int index) {
    return index >= text.length() || !Character.isLetterOrDigit(text.charAt(index));
  }

  private static int modulo97(StringBuilder iban) {
    int remainder = 0;
    for (int index = 0; index < iban.length(); index++) {
      char found = iban.charAt((index + 4) % iban.length());
      int value = isDigit(found) ? found - '0' : found - 'A' + 10;
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    }
    return remainder;
  }

  private static boolean isDigit(char found) {
    return found >= '0' && found <= '9';
  }

  private static boolean isUpper(char found) {
    return found >= 'A' && found <= 'Z';
  }
}
