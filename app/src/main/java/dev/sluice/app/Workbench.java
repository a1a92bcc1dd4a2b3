package dev.sluice.app;

import dev.sluice.app.fx.Toolkit;
import dev.sluice.app.shell.Fonts;
import dev.sluice.gateway.workspace.SignIn;

/// Opens workbench windows, any number in one process, each with its own session.
///
/// ```java
/// Workbench.start();
/// WorkbenchWindow window = Workbench.open(signIn, WorkbenchOptions.in(stateDirectory));
/// window.awaitClosed();
/// ```
public final class Workbench {

  private static boolean started;

  private Workbench() {}

  /// Starts the toolkit, once; returns when it runs. Call it from any thread but the FX thread.
  ///
  /// @throws IllegalStateException when the wait is interrupted
  public static synchronized void start() {
    if (started) {
      return;
    }
    Toolkit.start();
    Fonts.load();
    started = true;
  }

  /// Opens a window that shows the sign-in card. Any thread; returns when the window is shown.
  public static WorkbenchWindow open(SignIn signIn, WorkbenchOptions options) {
    start();
    return Toolkit.call(() -> new WorkbenchWindow(signIn, options).show());
  }
}
