package dev.sluice.governance.discovery;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.re2j.Pattern;
import java.util.Locale;
import org.apache.commons.validator.routines.EmailValidator;
import org.apache.commons.validator.routines.IBANValidator;
import org.apache.commons.validator.routines.InetAddressValidator;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;

/// Whether a value is what it looks like.
final class Validators {

  private static final Pattern RESERVED_DOMAIN =
      Pattern.compile("\\.(test|example|invalid|local)$");
  private static final Pattern CARD =
      Pattern.compile("[3-6][0-9]{3}[ -]?([0-9]{2,7}[ -]?){1,4}[0-9]{1,4}");
  private static final Pattern PHONE = Pattern.compile("\\+?[0-9(][0-9 ()./-]{5,20}[0-9]");
  private static final Pattern DATE = Pattern.compile("[12][0-9]{3}-[01][0-9]-[0-3][0-9].*");

  private Validators() {}

  static boolean isEmail(String value) {
    // Domains that are reserved for examples are addresses too, as far as protection goes.
    String address =
        RESERVED_DOMAIN.matcher(value.strip().toLowerCase(Locale.ROOT)).replaceFirst(".com");
    return address.length() <= 254 && EmailValidator.getInstance().isValid(address);
  }

  static boolean isIban(String value) {
    String compact = value.replace(" ", "").toUpperCase(Locale.ROOT);
    return compact.length() >= 15 && IBANValidator.getInstance().isValid(compact);
  }

  static boolean isCard(String value) {
    String digits = value.replace(" ", "").replace("-", "");
    return digits.length() >= 13
        && digits.length() <= 19
        && CARD.matches(value.strip())
        && LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(digits);
  }

  static boolean isPhone(String value) {
    String text = value.strip();
    if (!PHONE.matches(text) || DATE.matches(text)) {
      return false;
    }
    long digits = text.chars().filter(character -> character >= '0' && character <= '9').count();
    if (text.startsWith("+")) {
      return isInternational(text);
    }
    boolean grouped = digits < text.length();
    return digits >= 7 && digits <= 15 && (grouped || text.startsWith("0"));
  }

  private static boolean isInternational(String text) {
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    try {
      return numbers.isPossibleNumber(numbers.parse(text, "ZZ"));
    } catch (NumberParseException notANumber) {
      return false;
    }
  }

  static boolean isIpAddress(String value) {
    return InetAddressValidator.getInstance().isValid(value.strip());
  }

  static boolean isDate(String value) {
    return DATE.matches(value.strip());
  }

  /// Whether a longer text has something personal in it.
  static boolean holdsPersonalData(String value) {
    for (String word : value.split("[\\s,;:<>()\"']+")) {
      String trimmed = word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
      if ((trimmed.indexOf('@') > 0 && isEmail(trimmed))
          || (trimmed.length() >= 13 && (isCard(trimmed) || isIban(trimmed)))
          || (trimmed.startsWith("+") && trimmed.length() > 8 && isPhone(trimmed))
          || (trimmed.length() >= 9 && NationalIds.isOne(trimmed))) {
        return true;
      }
    }
    return false;
  }
}
