package dev.sluice.governance.discovery;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Locale;

/// Identity numbers of persons. Where a country's number has check digits they are checked; the
/// others must have their exact form with separators, so that plain numbers do not count.
final class NationalIds {

  private static final Pattern US_SSN = Pattern.compile("([0-9]{3})-([0-9]{2})-([0-9]{4})");
  private static final Pattern UK_NINO =
      Pattern.compile("[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]");
  private static final Pattern ITALIAN =
      Pattern.compile("[A-Z]{6}[0-9]{2}[A-EHLMPRST][0-9]{2}[A-Z][0-9]{3}[A-Z]");
  private static final Pattern BRAZILIAN =
      Pattern.compile("[0-9]{3}\\.[0-9]{3}\\.[0-9]{3}-[0-9]{2}");
  private static final Pattern SPANISH = Pattern.compile("([0-9]{8})-?([A-Z])");
  private static final Pattern SWEDISH = Pattern.compile("([0-9]{2})?[0-9]{6}[-+][0-9]{4}");
  private static final Pattern FRENCH = Pattern.compile("[12][0-9]{14}");
  private static final Pattern GERMAN_TAX = Pattern.compile("[1-9][0-9]{10}");
  private static final String SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

  private NationalIds() {}

  static boolean isOne(String value) {
    String text = value.strip().toUpperCase(Locale.ROOT);
    if (text.length() < 9 || text.length() > 21) {
      return false;
    }
    String compact = text.replace(" ", "");
    return US_SSN.matches(text)
        || UK_NINO.matches(text)
        || ITALIAN.matches(compact)
        || isSpanish(compact)
        || isBrazilian(text)
        || isSwedish(text)
        || isFrench(compact)
        || isGermanTaxNumber(compact);
  }

  private static boolean isSpanish(String text) {
    Matcher matcher = SPANISH.matcher(text);
    return matcher.matches()
        && SPANISH_LETTERS.charAt(Integer.parseInt(matcher.group(1)) % 23)
            == matcher.group(2).charAt(0);
  }

  private static boolean isBrazilian(String text) {
    if (!BRAZILIAN.matches(text)) {
      return false;
    }
    int[] digits = digits(text);
    return digits[9] == brazilianDigit(digits, 9) && digits[10] == brazilianDigit(digits, 10);
  }

  private static int brazilianDigit(int[] digits, int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      sum += digits[i] * (length + 1 - i);
    }
    return sum * 10 % 11 % 10;
  }

  private static boolean isSwedish(String text) {
    if (!SWEDISH.matches(text)) {
      return false;
    }
    int[] all = digits(text);
    int offset = all.length - 10;
    int sum = 0;
    for (int i = 0; i < 10; i++) {
      int doubled = all[offset + i] * (i % 2 == 0 ? 2 : 1);
      sum += doubled / 10 + doubled % 10;
    }
    return sum % 10 == 0;
  }

  private static boolean isFrench(String text) {
    if (!FRENCH.matches(text)) {
      return false;
    }
    long number = Long.parseLong(text.substring(0, 13));
    return 97 - number % 97 == Long.parseLong(text.substring(13));
  }

  /// ISO 7064 MOD 11,10; one digit appears twice or three times, so plain counters do not count.
  private static boolean isGermanTaxNumber(String text) {
    if (!GERMAN_TAX.matches(text)) {
      return false;
    }
    int[] digits = digits(text);
    int[] seen = new int[10];
    int product = 10;
    for (int i = 0; i < 10; i++) {
      seen[digits[i]]++;
      int sum = (digits[i] + product) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    int repeated = 0;
    for (int count : seen) {
      repeated += count >= 2 ? 1 : 0;
    }
    return repeated == 1 && (11 - product) % 10 == digits[10];
  }

  private static int[] digits(String text) {
    return text.chars()
        .filter(character -> character >= '0' && character <= '9')
        .map(character -> character - '0')
        .toArray();
  }
}
