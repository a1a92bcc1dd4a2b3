package dev.sluice.cli.window;

import dev.sluice.app.QueryTab;
import dev.sluice.app.Workbench;
import dev.sluice.app.WorkbenchOptions;
import dev.sluice.app.WorkbenchWindow;
import dev.sluice.app.fx.Toolkit;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.gateway.workspace.SignIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextInputControl;
import org.jspecify.annotations.Nullable;

/// A real window that is worked in by its controls' ids, from outside of the FX thread.
final class BenchWindow {

  private static final int PATIENCE_SECONDS = 60;

  private final WorkbenchWindow window;

  /// Opens one and signs in.
  BenchWindow(SignIn signIn, Path state, String account, String password) throws IOException {
    window =
        Workbench.open(signIn, WorkbenchOptions.in(state).withAccount(account).withSize(1280, 800));
    set(ControlIds.SIGN_IN_PASSWORD, password);
    fire(ControlIds.SIGN_IN_SUBMIT);
    await("the workbench", () -> window.activeTab().isPresent());
    await("a connection", () -> tab().editor().connectionProperty().get().isPresent());
  }

  WorkbenchWindow window() {
    return window;
  }

  QueryTab tab() {
    return window.activeTab().orElseThrow(() -> new BenchFailure("There is no tab."));
  }

  void close() {
    run(window::close);
  }

  void run(Runnable act) {
    Toolkit.call(
        () -> {
          act.run();
          return true;
        });
  }

  void write(String text) {
    run(() -> tab().write(text));
    await("the text", () -> tab().editor().textProperty().get().equals(text));
  }

  boolean command(String id) {
    return window.commands().map(all -> all.execute(id)).orElse(false);
  }

  void set(String id, String text) {
    run(
        () -> {
          if (node(id) instanceof TextInputControl field) {
            field.setText(text);
          }
        });
  }

  void fire(String id) {
    run(
        () -> {
          if (node(id) instanceof ButtonBase button) {
            button.fire();
          }
        });
  }

  /// On the FX thread.
  @Nullable Node node(String id) {
    return window.scene().getRoot().lookup("#" + id);
  }

  /// Whether a control is there to be used. On the FX thread.
  boolean usable(String id) {
    return node(id) instanceof Node found && !found.isDisabled() && shown(found);
  }

  private static boolean shown(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return true;
  }

  /// Waits for frames: the time at which one has shown what holds.
  Supplier<Long> onceDrawn(String what, BooleanSupplier holds) {
    CountDownLatch drawn = new CountDownLatch(1);
    long[] at = new long[1];
    run(
        () ->
            Frames.after(
                holds,
                () -> {
                  at[0] = System.nanoTime();
                  drawn.countDown();
                }));
    return () -> {
      waitFor(what, drawn);
      return at[0];
    };
  }

  static void waitFor(String what, CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new BenchFailure("Waited in vain for " + what + ".");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.");
    }
  }

  static void await(String what, Supplier<Boolean> condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Toolkit.call(condition)) {
      if (System.nanoTime() > end) {
        throw new BenchFailure("Waited in vain for " + what + ".");
      }
      pause(2);
    }
  }

  static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.");
    }
  }
}
