package dev.sluice.app;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// How a window is opened.
///
/// @param state where preferences and open tabs are kept; windows of different people need
///     different directories
/// @param account filled into the sign-in card, empty for none
/// @param server address for the sign-in card, empty for none
/// @param locale of the words
/// @param width of the window in pixels, at its opening
/// @param height likewise
/// @param theme `light`, `dark` or `contrast` instead of the preference
/// @param notice a line on the sign-in card, empty for none
public record WorkbenchOptions(
    Path state,
    String account,
    String server,
    Locale locale,
    double width,
    double height,
    Optional<String> theme,
    String notice) {

  /// 1280 by 800 in English.
  public static WorkbenchOptions in(Path state) {
    return new WorkbenchOptions(state, "", "", Locale.ENGLISH, 1280, 800, Optional.empty(), "");
  }

  public WorkbenchOptions withAccount(String name) {
    return new WorkbenchOptions(state, name, server, locale, width, height, theme, notice);
  }

  public WorkbenchOptions withServer(String address) {
    return new WorkbenchOptions(state, account, address, locale, width, height, theme, notice);
  }

  public WorkbenchOptions withLocale(Locale language) {
    return new WorkbenchOptions(state, account, server, language, width, height, theme, notice);
  }

  public WorkbenchOptions withSize(double wide, double high) {
    return new WorkbenchOptions(state, account, server, locale, wide, high, theme, notice);
  }

  public WorkbenchOptions withTheme(String name) {
    return new WorkbenchOptions(
        state, account, server, locale, width, height, Optional.of(name), notice);
  }

  public WorkbenchOptions withNotice(String line) {
    return new WorkbenchOptions(state, account, server, locale, width, height, theme, line);
  }
}
