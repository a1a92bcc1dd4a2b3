package dev.sluice.cli.demo;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import net.datafaker.Faker;

/// Fake data for the demo shop, the same for the same seed.
final class ShopData {

  /// How many rows each table gets.
  record Size(
      int customers,
      int employees,
      int products,
      int orders,
      int items,
      int payments,
      int tickets) {
    static Size production() {
      return new Size(20_000, 250, 1_000, 50_000, 75_000, 45_000, 9_000);
    }

    static Size development() {
      return new Size(1_000, 40, 200, 2_500, 3_700, 2_200, 450);
    }

    int total() {
      return customers + employees + products + orders + items + payments + tickets;
    }
  }

  private static final LocalDateTime TODAY = LocalDateTime.of(2026, 6, 30, 18, 0);
  private static final List<String> DEPARTMENTS =
      List.of("Sales", "Support", "Logistics", "Finance", "Engineering", "People");

  private final Size size;
  private final long seed;
  private final Random random;
  private final People.Person[] people;
  private final String[] nationalIds;
  private final String[] productNames;
  private final long[] prices;
  private final long[] totals;
  private final int[] buyers;
  private final LocalDateTime[] placed;

  ShopData(Size size, long seed) {
    this.size = size;
    this.seed = seed;
    this.random = new Random(seed);
    this.people = new People.Person[size.customers()];
    this.nationalIds = new String[size.customers()];
    this.productNames = new String[size.products()];
    this.prices = new long[size.products()];
    this.totals = new long[size.orders()];
    this.buyers = new int[size.orders()];
    this.placed = new LocalDateTime[size.orders()];
  }

  /// Fills every table, parents before children.
  void writeTo(Tables tables) throws Exception {
    People names = new People(seed);
    tables.load("customers", sink -> customers(sink, names));
    tables.load("employees", sink -> employees(sink, names));
    tables.load("products", this::products);
    prepareOrders();
    tables.load("orders", this::orders);
    tables.load("order_items", this::items);
    tables.load("payments", this::payments);
    tables.load("tickets", this::tickets);
  }

  private void customers(RowSink sink, People names) throws Exception {
    for (int index = 0; index < size.customers(); index++) {
      People.Person person = names.next(index);
      people[index] = person;
      nationalIds[index] = Numbers.nationalId(random);
      int segment = random.nextInt(100);
      sink.row(
          index + 1,
          person.name(),
          person.email(),
          nationalIds[index],
          person.phone(),
          LocalDate.of(1945, 1, 1).plusDays(random.nextInt(61 * 365)),
          person.country(),
          person.city(),
          segment < 78 ? "private" : segment < 97 ? "business" : "key",
          past(5 * 365));
    }
  }

  private void employees(RowSink sink, People names) throws Exception {
    for (int index = 0; index < size.employees(); index++) {
      String name = names.next(index).name();
      boolean head = index < DEPARTMENTS.size() + 1;
      String department =
          DEPARTMENTS.get(head && index > 0 ? index - 1 : random.nextInt(DEPARTMENTS.size()));
      String title = index == 0 ? "Managing director" : head ? "Head of " + department : "Clerk";
      long salary = index == 0 ? 210_000 : head ? 98_000 : 34_000 + random.nextInt(44) * 1000L;
      sink.row(
          index + 1,
          name,
          "employee" + (index + 1) + "@shop.example",
          department,
          title,
          salary,
          index == 0 ? null : head ? 1 : DEPARTMENTS.indexOf(department) + 2,
          past(12 * 365).toLocalDate());
    }
  }

  private void products(RowSink sink) throws Exception {
    Faker faker = new Faker(java.util.Locale.US, new Random(seed));
    String[] categories = {"Furniture", "Kitchen", "Garden", "Office", "Lighting", "Toys"};
    for (int index = 0; index < size.products(); index++) {
      productNames[index] = faker.commerce().productName();
      prices[index] = Numbers.skewedCents(random, 35, 0.9);
      sink.row(
          index + 1,
          String.format(java.util.Locale.ROOT, "SKU-%05d", index + 1),
          productNames[index],
          categories[random.nextInt(categories.length)],
          Numbers.cents(prices[index]),
          random.nextInt(100) < 7 ? 0 : random.nextInt(400));
    }
  }

  /// Amounts and dates are drawn before the rows, because payments and tickets repeat them.
  private void prepareOrders() {
    for (int index = 0; index < size.orders(); index++) {
      double who = random.nextDouble();
      buyers[index] = (int) (who * who * size.customers());
      totals[index] = Numbers.skewedCents(random, 60, 0.8);
      placed[index] = past(3 * 365);
    }
    java.util.Arrays.sort(placed);
  }

  private void orders(RowSink sink) throws Exception {
    for (int index = 0; index < size.orders(); index++) {
      int point = random.nextInt(100);
      String status =
          index < 20
              ? "paid"
              : point < 70
                  ? "shipped"
                  : point < 84 ? "paid" : point < 91 ? "new" : point < 96 ? "returned" : "void";
      int channel = random.nextInt(100);
      sink.row(
          index + 1,
          buyers[index] + 1,
          placed[index],
          status,
          channel < 55 ? "web" : channel < 90 ? "app" : "phone",
          Numbers.cents(totals[index]),
          currency(index));
    }
  }

  private String currency(int order) {
    return switch (people[buyers[order]].country()) {
      case "US" -> "USD";
      case "GB" -> "GBP";
      case "PL" -> "PLN";
      default -> "EUR";
    };
  }

  private void items(RowSink sink) throws Exception {
    for (int index = 0; index < size.items(); index++) {
      int product = (int) (Math.pow(random.nextDouble(), 1.6) * size.products());
      int order = index < size.orders() ? index : random.nextInt(size.orders());
      int quantity = 1 + (random.nextInt(100) < 80 ? 0 : random.nextInt(4));
      sink.row(index + 1, order + 1, product + 1, quantity, Numbers.cents(prices[product]));
    }
  }

  private void payments(RowSink sink) throws Exception {
    for (int index = 0; index < size.payments(); index++) {
      boolean card = random.nextInt(100) < 71;
      sink.row(
          index + 1,
          index + 1,
          buyers[index] + 1,
          card ? "card" : "transfer",
          card ? Numbers.card(random) : null,
          card ? null : Numbers.iban(random),
          Numbers.cents(totals[index]),
          currency(index),
          placed[index].plusMinutes(1 + random.nextInt(4000)));
    }
  }

  private void tickets(RowSink sink) throws Exception {
    for (int index = 0; index < size.tickets(); index++) {
      int customer = random.nextInt(size.customers());
      TicketTexts.Ticket text =
          TicketTexts.next(
              random,
              people[customer],
              nationalIds[customer],
              1 + random.nextInt(size.orders()),
              productNames[random.nextInt(size.products())]);
      int point = random.nextInt(100);
      sink.row(
          index + 1,
          customer + 1,
          point < 8 ? null : 1 + random.nextInt(size.employees()),
          past(2 * 365),
          point < 15 ? "open" : point < 22 ? "waiting" : "closed",
          point % 10 == 0 ? "high" : point % 3 == 0 ? "low" : "normal",
          text.subject(),
          text.body());
    }
  }

  /// More lately than long ago, and by day rather than by night.
  private LocalDateTime past(int days) {
    double age = 1 - Math.sqrt(random.nextDouble());
    LocalDateTime day = TODAY.minusDays((long) (age * days));
    int hour = (int) Math.max(0, Math.min(23, 14 + 4 * random.nextGaussian()));
    return day.withHour(hour)
        .withMinute(random.nextInt(60))
        .withSecond(random.nextInt(60))
        .withNano(0);
  }
}
