package dev.sluice.app;

import dev.sluice.app.shell.Fonts;
import dev.sluice.gateway.workspace.SignIn;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;

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
    CountDownLatch running = new CountDownLatch(1);
    try {
      Platform.startup(running::countDown);
    } catch (IllegalStateException alreadyRunning) {
      Platform.runLater(running::countDown);
    }
    try {
      running.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the toolkit starts.", e);
    }
    Platform.setImplicitExit(false);
    Fonts.load();
    started = true;
  }

  /// Opens a window that shows the sign-in card. Any thread; returns when the window is shown.
  public static WorkbenchWindow open(SignIn signIn, WorkbenchOptions options) {
    start();
    if (Platform.isFxApplicationThread()) {
      return new WorkbenchWindow(signIn, options).show();
    }
    CompletableFuture<WorkbenchWindow> opened = new CompletableFuture<>();
    Platform.runLater(
        () -> {
          try {
            opened.complete(new WorkbenchWindow(signIn, options).show());
          } catch (RuntimeException e) {
            opened.completeExceptionally(e);
          }
        });
    return opened.join();
  }
}
