package dev.sluice.cli.demo;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.random.RandomGenerator;

/// Numbers that look real: valid check digits, belonging to nobody.
final class Numbers {

  private Numbers() {}

  static String digits(RandomGenerator random, int count) {
    StringBuilder text = new StringBuilder(count);
    for (int index = 0; index < count; index++) {
      text.append((char) ('0' + random.nextInt(10)));
    }
    return text.toString();
  }

  /// 16 digits with a valid Luhn digit.
  static String card(RandomGenerator random) {
    String[] prefixes = {"4", "4", "4", "51", "52", "53", "54", "55", "2221", "6011"};
    String prefix = prefixes[random.nextInt(prefixes.length)];
    String body = prefix + digits(random, 15 - prefix.length());
    int sum = 0;
    for (int index = 0; index < 15; index++) {
      int digit = body.charAt(14 - index) - '0';
      if (index % 2 == 0) {
        digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
      }
      sum += digit;
    }
    return body + (10 - sum % 10) % 10;
  }

  /// A German IBAN with valid check digits.
  static String iban(RandomGenerator random) {
    String account = digits(random, 18);
    BigInteger number = new BigInteger(account + "131400");
    int check = 98 - number.mod(BigInteger.valueOf(97)).intValue();
    return String.format(java.util.Locale.ROOT, "DE%02d%s", check, account);
  }

  /// `ddd-dd-dddd` in the ranges that are given out.
  static String nationalId(RandomGenerator random) {
    int area = 1 + random.nextInt(664);
    int group = 1 + random.nextInt(99);
    int serial = 1 + random.nextInt(9999);
    return String.format(java.util.Locale.ROOT, "%03d-%02d-%04d", area, group, serial);
  }

  static BigDecimal cents(long cents) {
    return BigDecimal.valueOf(cents, 2);
  }

  /// Many small amounts, few large ones.
  static long skewedCents(RandomGenerator random, double middle, double spread) {
    double value = Math.exp(Math.log(middle) + spread * random.nextGaussian());
    return Math.max(99, Math.round(value * 100) / 5 * 5 - 1);
  }
}
