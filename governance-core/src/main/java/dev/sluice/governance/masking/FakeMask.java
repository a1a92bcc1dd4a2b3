package dev.sluice.governance.masking;

import java.nio.ByteBuffer;
import java.util.List;

/// Replaces a text by an invented one of a kind, chosen by the value under the server's key: the
/// same value is always the same person. Different values may share one. Without a key it redacts.
/// Kinds: `first-name`, `last-name`, `full-name`, `company`, `city`, `street`, `email`, `phone`.
///
/// ```example
/// {algorithm: fake, kind: full-name}
/// Jane Doe -> "Luis Haddad"
/// 52300 -> null
/// ```
/// ```example
/// {algorithm: fake, kind: phone}
/// "+49 171 1234567" -> "+00 555 2746396"
/// ```
final class FakeMask extends TextMask {

  static final List<String> KINDS =
      List.of(
          "first-name", "last-name", "full-name", "company", "city", "street", "email", "phone");

  private static final List<String> FIRST =
      List.of(
          "Ada", "Anna", "Ben", "Carla", "Chen", "Dario", "Elif", "Emil", "Esra", "Fatima", "Finn",
          "Grace", "Hana", "Ivan", "Jonas", "Kofi", "Lea", "Luis", "Maja", "Marco", "Mina", "Nils",
          "Olga", "Omar", "Paula", "Ravi", "Rosa", "Sami", "Tara", "Theo", "Uma", "Yuki");
  private static final List<String> LAST =
      List.of(
          "Abara", "Almeida", "Berg", "Bianchi", "Costa", "Demir", "Dubois", "Eriksen", "Fischer",
          "Garcia", "Haddad", "Ito", "Jansen", "Kaya", "Kim", "Kowal", "Larsen", "Lopez", "Mensah",
          "Moreau", "Novak", "Nowak", "Okafor", "Patel", "Quist", "Rossi", "Sato", "Silva", "Tran",
          "Vogel", "Weber", "Yilmaz");
  private static final List<String> COMPANY =
      List.of(
          "Alder",
          "Beacon",
          "Cobalt",
          "Delta",
          "Ember",
          "Fjord",
          "Granite",
          "Harbor",
          "Indigo",
          "Juniper",
          "Keel",
          "Lumen",
          "Meridian",
          "Nimbus",
          "Onyx",
          "Pioneer");
  private static final List<String> COMPANY_FORM =
      List.of("Foods", "Freight", "Labs", "Media", "Mills", "Optics", "Textiles", "Works");
  private static final List<String> CITY =
      List.of(
          "Aldenburg",
          "Brookfield",
          "Castelnovo",
          "Dunmore",
          "Eastport",
          "Fairhaven",
          "Grünau",
          "Hillcrest",
          "Ivyford",
          "Kronstadt",
          "Lindholm",
          "Montclair",
          "Northwick",
          "Oakridge",
          "Porto Alto",
          "Riverton");
  private static final List<String> STREET =
      List.of(
          "Birch Lane",
          "Canal Street",
          "Elm Row",
          "Garden Way",
          "Harbour Road",
          "Market Square",
          "Mill Street",
          "Station Road");

  private final KeyedDigest digest;
  private final String kind;

  FakeMask(KeyedDigest digest, String kind) {
    this.digest = digest;
    this.kind = kind;
  }

  @Override
  String maskText(String text) {
    ByteBuffer seed = ByteBuffer.wrap(digest.of(kind + "\0" + text));
    int one = seed.getInt();
    int two = seed.getInt();
    int three = seed.getInt();
    return switch (kind) {
      case "first-name" -> pick(FIRST, one);
      case "last-name" -> pick(LAST, one);
      case "full-name" -> pick(FIRST, one) + " " + pick(LAST, two);
      case "company" -> pick(COMPANY, one) + " " + pick(COMPANY_FORM, two);
      case "city" -> pick(CITY, one);
      case "street" -> (1 + Math.floorMod(two, 199)) + " " + pick(STREET, one);
      case "email" ->
          (pick(FIRST, one) + "." + pick(LAST, two) + Math.floorMod(three, 1000))
                  .toLowerCase(java.util.Locale.ROOT)
              + "@example.invalid";
      case "phone" ->
          "+00 555 " + String.format(java.util.Locale.ROOT, "%07d", Math.floorMod(one, 10_000_000));
      default -> TypedRedaction.TOKEN;
    };
  }

  private static String pick(List<String> list, int seed) {
    return list.get(Math.floorMod(seed, list.size()));
  }
}
