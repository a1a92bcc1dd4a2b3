package dev.sluice.cli.demo;

import java.util.List;
import java.util.random.RandomGenerator;

/// What customers write to support: now and then with things that should not be there.
final class TicketTexts {

  record Ticket(String subject, String body) {}

  private static final List<Ticket> PLAIN =
      List.of(
          new Ticket(
              "Where is my order?",
              "Hello, order {order} should have been here last week. Thanks."),
          new Ticket("Wrong size", "The {product} is too small. Can I exchange it?"),
          new Ticket("Invoice", "Please send me the invoice for order {order} once more."),
          new Ticket("Broken on arrival", "The {product} arrived broken, pictures attached."),
          new Ticket("Thank you", "Great service, the {product} is exactly what I wanted!"),
          new Ticket("Cancel", "I would like to cancel order {order} before it ships."));

  private static final List<Ticket> PERSONAL =
      List.of(
          new Ticket(
              "Change of address",
              "I moved to {city}. Write to {email} or call me on {phone}. {name}"),
          new Ticket("Delivery", "Nobody rang. My number is {phone}, please call before you come."),
          new Ticket("New e-mail", "My address is now {email}, the old one no longer works."),
          new Ticket("Refund", "Please refund order {order} to {iban}. Regards, {name}"));

  private static final List<Ticket> CARELESS =
      List.of(
          new Ticket("Payment failed", "My card {card} was refused for order {order}. Why?"),
          new Ticket("Identity check", "You asked for it: my number is {ssn}. {name}, {city}"));

  private TicketTexts() {}

  static Ticket next(
      RandomGenerator random, People.Person person, String ssn, int order, String product) {
    int point = random.nextInt(100);
    List<Ticket> kind = point < 68 ? PLAIN : point < 94 ? PERSONAL : CARELESS;
    Ticket text = kind.get(random.nextInt(kind.size()));
    String body =
        text.body()
            .replace("{order}", Integer.toString(order))
            .replace("{product}", product)
            .replace("{name}", person.name())
            .replace("{email}", person.email())
            .replace("{phone}", person.phone())
            .replace("{city}", person.city());
    if (body.indexOf('{') >= 0) {
      body =
          body.replace("{ssn}", ssn)
              .replace("{card}", Numbers.card(random))
              .replace("{iban}", Numbers.iban(random));
    }
    return new Ticket(text.subject(), body);
  }
}
