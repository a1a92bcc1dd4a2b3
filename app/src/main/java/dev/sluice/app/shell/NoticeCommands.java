package dev.sluice.app.shell;

import java.util.List;
import java.util.Locale;

/// What each system is asked with. Words are arguments or variables of the process: never a part
/// of a command, an option or markup.
final class NoticeCommands {

  /// Names of the variables that hold the words.
  static final String TITLE = "SLUICE_TITLE";

  static final String MESSAGE = "SLUICE_MESSAGE";

  private NoticeCommands() {}

  /// @param system its name, as in the property `os.name`
  static List<String> on(String system, String title, String message) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.contains("win") && !name.contains("darwin")) {
      return windows();
    }
    return name.contains("mac") ? macos(title, message) : freedesktop(title, message);
  }

  /// The body of these may hold markup; `--` ends the options.
  private static List<String> freedesktop(String title, String message) {
    String body = message.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return List.of("notify-send", "--app-name=Sluice", "--icon=sluice", "--", title, body);
  }

  private static List<String> macos(String title, String message) {
    return List.of(
        "osascript",
        "-e",
        "on run argv",
        "-e",
        "display notification (item 2 of argv) with title (item 1 of argv)",
        "-e",
        "end run",
        "--",
        title,
        message);
  }

  /// Under the name of the shell: a program of its own would have to be registered first.
  private static List<String> windows() {
    return List.of(
        "powershell",
        "-NoProfile",
        "-NonInteractive",
        "-Command",
        """
        $kind = 'Windows.UI.Notifications,ContentType=WindowsRuntime'
        $manager = [type]"Windows.UI.Notifications.ToastNotificationManager,$kind"
        $notice = [type]"Windows.UI.Notifications.ToastNotification,$kind"
        $toast = $manager::GetTemplateContent('ToastText02')
        $lines = $toast.GetElementsByTagName('text')
        [void]$lines.Item(0).AppendChild($toast.CreateTextNode($env:SLUICE_TITLE))
        [void]$lines.Item(1).AppendChild($toast.CreateTextNode($env:SLUICE_MESSAGE))
        $shell = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}'
        $shell += '\\WindowsPowerShell\\v1.0\\powershell.exe'
        $manager::CreateToastNotifier($shell).Show($notice::new($toast))
        """);
  }
}
