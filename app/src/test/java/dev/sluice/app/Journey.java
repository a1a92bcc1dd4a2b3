package dev.sluice.app;

import dev.sluice.app.fx.CutOff;
import dev.sluice.app.fx.FxProbe;
import dev.sluice.app.results.ResultViewModel;
import dev.sluice.app.shell.ControlIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javax.imageio.ImageIO;
import org.fxmisc.richtext.CodeArea;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/// Drives one window as a person does, by keys and mouse, and keeps pictures of it.
final class Journey implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 45;

  /// What a step may compute on the window's own thread the first time it is ever done, when a
  /// class is still interpreted and only the quick compiler runs; see [#PACE].
  private static final Duration FIRST_TIME = Duration.ofMillis(400);

  /// The same once everything was done before, as in the installed program. Fifty milliseconds are
  /// promised, and `sluice bench app` measures them; the quick compiler alone makes half again as
  /// much of them, and what else runs on the machine takes its caches away.
  static final Duration PACE = Duration.ofMillis(120);

  private final WorkbenchWindow window;
  private final FxRobot robot = new FxRobot();
  private final String name;
  private final FxProbe probe = FxProbe.start();
  private final Duration limit;
  private int pictures;

  Journey(WorkbenchWindow window, String name) {
    this(window, name, FIRST_TIME);
  }

  /// @param limit processor time of one task on the window's thread; more fails the journey
  Journey(WorkbenchWindow window, String name, Duration limit) {
    this.window = window;
    this.name = name;
    this.limit = limit;
  }

  WorkbenchWindow window() {
    return window;
  }

  /// Brings the window before the others, so that keys and clicks reach it.
  Journey front() {
    robot.interact(
        () -> {
          window.stage().toFront();
          window.stage().requestFocus();
        });
    robot.targetWindow(window.stage());
    return this;
  }

  Journey signIn(String account, String password) {
    front();
    type(ControlIds.SIGN_IN_ACCOUNT, account);
    type(ControlIds.SIGN_IN_PASSWORD, password);
    click(ControlIds.SIGN_IN_SUBMIT);
    return this;
  }

  Journey awaitWorkbench() {
    await("the workbench", () -> window.activeTab().isPresent());
    await(
        "a connection",
        () -> window.activeTab().get().editor().connectionProperty().get().isPresent());
    return settle();
  }

  /// Replaces the text of a field.
  Journey type(String id, String text) {
    awaitNode(id);
    robot.clickOn("#" + id);
    robot.interact(
        () -> {
          if (node(id) instanceof TextInputControl field) {
            field.clear();
          }
        });
    robot.write(text, 0);
    return this;
  }

  /// Types a statement into the editor, in place of what is there.
  Journey write(String sql) {
    awaitNode(ControlIds.EDITOR_AREA);
    robot.clickOn("#" + ControlIds.EDITOR_AREA);
    robot.interact(() -> editor().clear());
    robot.write(sql, 0);
    await("the text", () -> window.activeTab().get().editor().textProperty().get().equals(sql));
    return this;
  }

  CodeArea editor() {
    return (CodeArea) node(ControlIds.EDITOR_AREA);
  }

  Journey press(KeyCode... keys) {
    settle();
    robot.press(keys).release(keys);
    return this;
  }

  Journey click(String id) {
    awaitNode(id);
    await("an enabled " + id, () -> !node(id).isDisabled());
    await("a place for " + id, () -> hasPlace(node(id)));
    robot.clickOn("#" + id);
    return this;
  }

  /// What was just put into the window has no size before it is laid out.
  private static boolean hasPlace(Node node) {
    Bounds place = node.localToScene(node.getLayoutBounds());
    return node.getScene() != null
        && place.getWidth() > 0
        && place.getHeight() > 0
        && place.getMinX() >= 0
        && place.getMinY() >= 0
        && place.getMinX() < node.getScene().getWidth()
        && place.getMinY() < node.getScene().getHeight();
  }

  /// Presses a button by its action, for those that a small screen may hide behind a notification.
  Journey fire(String id) {
    awaitNode(id);
    await("an enabled " + id, () -> !node(id).isDisabled());
    robot.interact(() -> ((ButtonBase) node(id)).fire());
    return this;
  }

  Journey interact(Runnable action) {
    robot.interact(action);
    return this;
  }

  ResultViewModel awaitResult() {
    await(
        "a finished result",
        () ->
            window
                .activeTab()
                .flatMap(tab -> tab.results().shownProperty().get())
                .map(result -> result.phaseProperty().get().isFinal())
                .orElse(false));
    return ask(() -> window.activeTab().get().results().shownProperty().get().orElseThrow());
  }

  Journey awaitNode(String id) {
    await("#" + id, () -> node(id) != null && visible(node(id)));
    return this;
  }

  Journey awaitGone(String id) {
    await("no #" + id, () -> node(id) == null || !visible(node(id)));
    return this;
  }

  String text(String id) {
    awaitNode(id);
    return ask(() -> textOf(node(id)));
  }

  private static String textOf(Node node) {
    if (node instanceof Labeled labeled) {
      return labeled.getText();
    }
    StringBuilder text = new StringBuilder();
    if (node instanceof javafx.scene.Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> text.append(textOf(child)).append(' '));
    }
    return text.toString().strip();
  }

  void await(String what, Callable<Boolean> condition) {
    try {
      WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, () -> ask(condition));
    } catch (TimeoutException e) {
      if (!what.equals("the whole screen")) {
        picture("failed");
      }
      throw new AssertionError("Waited in vain for " + what + ".", e);
    }
  }

  <T> T ask(Callable<T> question) {
    return WaitForAsyncUtils.waitForAsyncFx(PATIENCE_SECONDS * 1000L, question);
  }

  private Node node(String id) {
    return window.scene().getRoot().lookup("#" + id);
  }

  private static boolean visible(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return true;
  }

  /// Waits until the screen that was asked for is there as a whole.
  Journey settle() {
    WaitForAsyncUtils.waitForFxEvents();
    await("the whole screen", window::isSettled);
    WaitForAsyncUtils.waitForFxEvents();
    return this;
  }

  /// Writes the window as it is to `target/screens`. What a person could not reach with the mouse
  /// fails the journey: a control that is cut off by its pane or by the window.
  Journey picture(String title) {
    settle();
    if (!title.equals("failed")) {
      List<String> cut = ask(() -> CutOff.in(window.scene()));
      if (!cut.isEmpty()) {
        throw new AssertionError("Cut off on " + title + ": " + cut);
      }
    }
    Path folder = Path.of("target", "screens");
    var image = ask(() -> window.scene().snapshot(null));
    try {
      Files.createDirectories(folder);
      String file = String.format("%s-%02d-%s.png", name, ++pictures, title);
      ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", folder.resolve(file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  @Override
  public void close() {
    probe.close();
    Platform.runLater(window::close);
    WaitForAsyncUtils.waitForFxEvents();
    var held = probe.over(limit);
    if (!held.isEmpty()) {
      throw new AssertionError("The window was held for longer than " + limit + ": " + held);
    }
  }
}
