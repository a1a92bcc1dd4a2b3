package dev.sluice.app.shell;

import java.io.IOException;
import java.util.Map;

/// Shows a notice outside of the window, where the system shows those of every program.
@FunctionalInterface
public interface SystemNotifier {

  /// Returns at once, whether or not anybody looks. Called on a background thread.
  ///
  /// @param title one line
  /// @param message one sentence; it may stand on a locked screen, so nothing of a statement
  /// @return whether the system could be asked
  boolean show(String title, String message);

  /// The notices of this system, by the program that it has for them.
  static SystemNotifier ofThisSystem() {
    return (title, message) -> {
      ProcessBuilder process =
          new ProcessBuilder(NoticeCommands.on(System.getProperty("os.name", ""), title, message))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      process
          .environment()
          .putAll(Map.of(NoticeCommands.TITLE, title, NoticeCommands.MESSAGE, message));
      try {
        process.start();
        return true;
      } catch (IOException e) {
        // A system without one: the window itself says everything, too.
        return false;
      }
    };
  }
}
