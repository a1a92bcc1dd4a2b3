package dev.sluice.cli.demo;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.datafaker.Faker;

/// Names, addresses and cities by country, made once and drawn from often.
final class People {

  /// A country and how many of a hundred customers live there.
  record Country(String code, int share, Locale locale, String dialling) {}

  static final List<Country> COUNTRIES =
      List.of(
          new Country("DE", 26, Locale.GERMANY, "+49"),
          new Country("US", 22, Locale.US, "+1"),
          new Country("FR", 14, Locale.FRANCE, "+33"),
          new Country("GB", 12, Locale.UK, "+44"),
          new Country("NL", 8, Locale.of("nl"), "+31"),
          new Country("IT", 7, Locale.ITALY, "+39"),
          new Country("ES", 6, Locale.of("es"), "+34"),
          new Country("PL", 5, Locale.of("pl"), "+48"));

  private static final int POOL = 400;
  private static final List<String> DOMAINS =
      List.of("example.com", "example.org", "example.net", "mail.example", "post.example");

  private final Random random;
  private final List<List<String>> firstNames = new ArrayList<>();
  private final List<List<String>> lastNames = new ArrayList<>();
  private final List<List<String>> cities = new ArrayList<>();

  People(long seed) {
    this.random = new Random(seed);
    for (Country country : COUNTRIES) {
      Faker faker = new Faker(country.locale(), new Random(seed + country.code().hashCode()));
      List<String> first = new ArrayList<>();
      List<String> last = new ArrayList<>();
      List<String> city = new ArrayList<>();
      for (int index = 0; index < POOL; index++) {
        first.add(faker.name().firstName());
        last.add(faker.name().lastName());
      }
      for (int index = 0; index < 60; index++) {
        city.add(faker.address().city());
      }
      firstNames.add(first);
      lastNames.add(last);
      cities.add(city);
    }
  }

  /// Somebody.
  record Person(String name, String email, String phone, String country, String city) {}

  /// @param number makes the address unlike all others
  Person next(int number) {
    int index = country();
    String first = skewed(firstNames.get(index));
    String last = skewed(lastNames.get(index));
    Country country = COUNTRIES.get(index);
    String domain = DOMAINS.get(random.nextInt(DOMAINS.size()));
    String email = plain(first) + "." + plain(last) + number % 1000 + "@" + domain;
    String phone =
        country.dialling()
            + " "
            + (100 + random.nextInt(900))
            + " "
            + String.format(Locale.ROOT, "%07d", random.nextInt(10_000_000));
    return new Person(first + " " + last, email, phone, country.code(), skewed(cities.get(index)));
  }

  private int country() {
    int point = random.nextInt(100);
    for (int index = 0; index < COUNTRIES.size(); index++) {
      point -= COUNTRIES.get(index).share();
      if (point < 0) {
        return index;
      }
    }
    return 0;
  }

  /// Some names and cities are far more common than others.
  private String skewed(List<String> values) {
    double place = random.nextDouble();
    return values.get((int) (place * place * values.size()));
  }

  private static String plain(String name) {
    String text =
        Normalizer.normalize(name, Normalizer.Form.NFD)
            .replaceAll("[^A-Za-z]", "")
            .toLowerCase(Locale.ROOT);
    return text.isEmpty() ? "customer" : text;
  }
}
