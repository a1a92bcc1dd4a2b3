package dev.sluice.app;

import dev.sluice.app.shell.LockedPreferences;
import dev.sluice.app.shell.SystemNotifier;
import dev.sluice.gateway.managed.ManagedSettings;
import dev.sluice.gateway.signin.SystemBrowser;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

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
/// @param locked preferences that nobody can change here
/// @param files scripts to open once the person is signed in
/// @param browser shows an address in the person's own browser; whether it could
/// @param notifier shows notices outside of the window
public record WorkbenchOptions(
    Path state,
    String account,
    String server,
    Locale locale,
    double width,
    double height,
    Optional<String> theme,
    String notice,
    LockedPreferences locked,
    List<Path> files,
    Predicate<URI> browser,
    SystemNotifier notifier) {

  public WorkbenchOptions {
    files = List.copyOf(files);
  }

  /// 1280 by 800 in English.
  public static WorkbenchOptions in(Path state) {
    return new WorkbenchOptions(
        state,
        "",
        "",
        Locale.ENGLISH,
        1280,
        800,
        Optional.empty(),
        "",
        LockedPreferences.none(),
        List.of(),
        SystemBrowser::open,
        (title, message) -> false);
  }

  public WorkbenchOptions withAccount(String name) {
    return new WorkbenchOptions(
        state, name, server, locale, width, height, theme, notice, locked, files, browser,
        notifier);
  }

  public WorkbenchOptions withServer(String address) {
    return new WorkbenchOptions(
        state, account, address, locale, width, height, theme, notice, locked, files, browser,
        notifier);
  }

  public WorkbenchOptions withLocale(Locale language) {
    return new WorkbenchOptions(
        state, account, server, language, width, height, theme, notice, locked, files, browser,
        notifier);
  }

  public WorkbenchOptions withSize(double wide, double high) {
    return new WorkbenchOptions(
        state, account, server, locale, wide, high, theme, notice, locked, files, browser,
        notifier);
  }

  public WorkbenchOptions withTheme(String name) {
    return new WorkbenchOptions(
        state,
        account,
        server,
        locale,
        width,
        height,
        Optional.of(name),
        notice,
        locked,
        files,
        browser,
        notifier);
  }

  public WorkbenchOptions withNotice(String line) {
    return new WorkbenchOptions(
        state, account, server, locale, width, height, theme, line, locked, files, browser,
        notifier);
  }

  public WorkbenchOptions withBrowser(Predicate<URI> other) {
    return new WorkbenchOptions(
        state, account, server, locale, width, height, theme, notice, locked, files, other,
        notifier);
  }

  /// Without this, nothing is shown outside of the window.
  public WorkbenchOptions withNotifier(SystemNotifier other) {
    return new WorkbenchOptions(
        state, account, server, locale, width, height, theme, notice, locked, files, browser,
        other);
  }

  /// Takes over what an administrator laid down for this machine.
  ///
  /// @throws IllegalArgumentException when it holds a preference that nobody knows
  public WorkbenchOptions withManaged(ManagedSettings settings) {
    return new WorkbenchOptions(
        state,
        account,
        server,
        locale,
        width,
        height,
        theme,
        notice,
        LockedPreferences.of(settings),
        files,
        browser,
        notifier);
  }

  public WorkbenchOptions withFiles(List<Path> scripts) {
    return new WorkbenchOptions(
        state, account, server, locale, width, height, theme, notice, locked, scripts, browser,
        notifier);
  }
}
