package dev.sluice.app.fx;

import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/// The words of the window in one language. Placeholders are `{0}`, `{1}`, ...; nothing else is
/// special, so apostrophes are written as they are.
public final class Messages {

  private static final String BUNDLE = "dev.sluice.app.messages";
  private static final String GOVERNANCE = "dev.sluice.app.governance";

  private final ResourceBundle bundle;
  private final ResourceBundle governance;
  private final Locale locale;

  private Messages(ResourceBundle bundle, ResourceBundle governance, Locale locale) {
    this.bundle = bundle;
    this.governance = governance;
    this.locale = locale;
  }

  /// English for every language without a translation.
  public static Messages in(Locale locale) {
    ResourceBundle.Control noDefault =
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    return new Messages(
        ResourceBundle.getBundle(BUNDLE, locale, noDefault),
        ResourceBundle.getBundle(GOVERNANCE, locale, noDefault),
        locale);
  }

  public Locale locale() {
    return locale;
  }

  /// The words of a key, with the arguments in their places.
  ///
  /// @throws MissingResourceException for an unknown key: a mistake in the program
  public String text(String key, Object... arguments) {
    String text = governance.containsKey(key) ? governance.getString(key) : bundle.getString(key);
    for (int i = 0; i < arguments.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(arguments[i]));
    }
    return text;
  }

  /// `key.one` for 1, `key.many` otherwise; the number is `{0}`.
  public String count(String key, long number) {
    return text(number == 1 ? key + ".one" : key + ".many", number(number));
  }

  /// A whole number with the language's group separators.
  public String number(long value) {
    return String.format(locale, "%,d", value);
  }
}
