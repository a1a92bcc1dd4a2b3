package dev.sluice.governance.discovery;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/// The words of a name: `customerEMailAddress2` and `customer_e_mail_address_2` are both customer,
/// e, mail, address, email. Words are compared whole, never as parts of others.
final class NameTokens {

  private NameTokens() {}

  static Set<String> of(String name) {
    String spaced =
        name.replaceAll("([\\p{Ll}0-9])(\\p{Lu})", "$1 $2")
            .replaceAll("(\\p{Lu})(\\p{Lu}\\p{Ll})", "$1 $2")
            .replaceAll("[^\\p{L}]+", " ");
    Set<String> tokens = new LinkedHashSet<>();
    String previous = "";
    for (String word : spaced.strip().split(" ")) {
      String token = word.toLowerCase(Locale.ROOT);
      tokens.add(token);
      if (token.length() > 3 && token.endsWith("s") && !token.endsWith("ss")) {
        tokens.add(token.substring(0, token.length() - 1));
      }
      if (!previous.isEmpty()) {
        tokens.add(previous + token);
      }
      previous = token;
    }
    tokens.remove("");
    return tokens;
  }
}
