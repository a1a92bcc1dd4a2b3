package dev.sluice.cli.tour;

import dev.sluice.app.WorkbenchWindow;
import dev.sluice.app.fx.Toolkit;
import dev.sluice.app.results.ResultViewModel;
import dev.sluice.app.shell.ControlIds;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.fxmisc.richtext.CodeArea;

/// Works one window: types into what has the focus, presses keys and buttons, waits until
/// something is shown. Nothing is done behind the window's back.
final class WindowPilot {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final WorkbenchWindow window;

  WindowPilot(WorkbenchWindow window) {
    this.window = window;
  }

  WorkbenchWindow window() {
    return window;
  }

  void signIn(String account, String password) {
    fill(ControlIds.SIGN_IN_ACCOUNT, account);
    fill(ControlIds.SIGN_IN_PASSWORD, password);
    press(ControlIds.SIGN_IN_SUBMIT);
  }

  void awaitWorkbench() {
    await(
        "the workbench with a connection",
        () ->
            window
                .activeTab()
                .map(tab -> tab.editor().connectionProperty().get().isPresent())
                .orElse(false));
  }

  /// Replaces the editor's text by typing, and waits until the core has decided on it.
  void write(String sql) {
    awaitShown(ControlIds.EDITOR_AREA);
    run(
        () -> {
          CodeArea area = (CodeArea) node(ControlIds.EDITOR_AREA);
          area.requestFocus();
          area.clear();
        });
    for (int i = 0; i < sql.length(); i++) {
      String character = sql.substring(i, i + 1);
      run(() -> typeInto(node(ControlIds.EDITOR_AREA), character));
    }
    run(() -> keyInto(node(ControlIds.EDITOR_AREA), KeyCode.ESCAPE, false));
    await(
        "the verdict on what was typed",
        () -> {
          var tab = window.activeTab().orElseThrow();
          return tab.editor().textProperty().get().equals(sql)
              && tab.editor()
                  .currentVerdict()
                  .map(verdict -> verdict.analysis().statement().text().equals(sql))
                  .orElse(false);
        });
  }

  /// Ctrl+Enter in the editor; returns when the run has ended one way or another.
  ResultViewModel runStatement() {
    ResultViewModel before = shownResult();
    run(
        () -> {
          Node area = node(ControlIds.EDITOR_AREA);
          area.requestFocus();
          keyInto(area, KeyCode.ENTER, true);
        });
    return awaitResultAfter(before);
  }

  /// F9; returns when the run has ended one way or another.
  ResultViewModel runApproved() {
    ResultViewModel before = shownResult();
    run(() -> keyInto(focusOwner(), KeyCode.F9, false));
    return awaitResultAfter(before);
  }

  private ResultViewModel awaitResultAfter(
      @org.jspecify.annotations.Nullable ResultViewModel before) {
    await(
        "the end of the run",
        () -> {
          ResultViewModel now = shownNow();
          return now != null && now != before && now.phaseProperty().get().isFinal();
        });
    ResultViewModel result = shownResult();
    if (result == null) {
      throw new TourFailure("The result went away.");
    }
    return result;
  }

  private @org.jspecify.annotations.Nullable ResultViewModel shownResult() {
    return Toolkit.call(this::shownNow);
  }

  private @org.jspecify.annotations.Nullable ResultViewModel shownNow() {
    return window.activeTab().flatMap(tab -> tab.results().shownProperty().get()).orElse(null);
  }

  void fill(String id, String text) {
    awaitShown(id);
    run(
        () -> {
          Node field = node(id);
          field.requestFocus();
          if (field instanceof TextInputControl input) {
            input.clear();
          }
        });
    for (int i = 0; i < text.length(); i++) {
      String character = text.substring(i, i + 1);
      run(() -> typeInto(node(id), character));
    }
  }

  void press(String id) {
    awaitShown(id);
    await("a button that can be pressed: " + id, () -> !node(id).isDisabled());
    run(
        () -> {
          if (!(node(id) instanceof ButtonBase button)) {
            throw new TourFailure("Not a button: " + id);
          }
          button.fire();
        });
  }

  void awaitShown(String id) {
    await("to see " + id, () -> isShown(id));
  }

  void awaitHidden(String id) {
    await("to see " + id + " go", () -> !isShown(id));
  }

  boolean shows(String id) {
    return Toolkit.call(() -> isShown(id));
  }

  /// All words inside a control, as shown.
  String words(String id) {
    awaitShown(id);
    return Toolkit.call(() -> wordsOf(node(id)));
  }

  void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Toolkit.call(condition::getAsBoolean)) {
      if (System.nanoTime() > end) {
        throw new TourFailure("Waited " + PATIENCE.toSeconds() + " s in vain for " + what + ".");
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  <T> T ask(Supplier<T> question) {
    return Toolkit.call(question);
  }

  void run(Runnable action) {
    Toolkit.call(
        () -> {
          action.run();
          return true;
        });
  }

  /// The window as it is now, after layout and fades have settled.
  WritableImage picture() {
    for (int pulse = 0; pulse < 40; pulse++) {
      LockSupport.parkNanos(Duration.ofMillis(16).toNanos());
      Toolkit.call(() -> true);
    }
    return Toolkit.call(() -> window.scene().snapshot(null));
  }

  private Node focusOwner() {
    Node owner = window.scene().getFocusOwner();
    return owner == null ? window.scene().getRoot() : owner;
  }

  private Node node(String id) {
    Node found = window.scene().getRoot().lookup("#" + id);
    if (found == null) {
      throw new TourFailure("The window has no " + id + ".");
    }
    return found;
  }

  private boolean isShown(String id) {
    Node found = window.scene().getRoot().lookup("#" + id);
    for (Node at = found; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return found != null;
  }

  private static void typeInto(Node target, String character) {
    Event.fireEvent(
        target,
        new KeyEvent(
            KeyEvent.KEY_TYPED, character, "", KeyCode.UNDEFINED, false, false, false, false));
  }

  private static void keyInto(Node target, KeyCode code, boolean control) {
    Event.fireEvent(
        target, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, control, false, false));
    Event.fireEvent(
        target, new KeyEvent(KeyEvent.KEY_RELEASED, "", "", code, false, control, false, false));
  }

  private static String wordsOf(Node node) {
    if (!node.isVisible()) {
      return "";
    }
    if (node instanceof Labeled labeled && labeled.getText() != null) {
      return labeled.getText();
    }
    if (node instanceof javafx.scene.text.Text text) {
      return text.getText();
    }
    StringBuilder all = new StringBuilder();
    if (node instanceof Parent parent) {
      for (Node child : parent.getChildrenUnmodifiable()) {
        String inside = wordsOf(child).strip();
        if (!inside.isEmpty()) {
          all.append(all.isEmpty() ? "" : " ").append(inside);
        }
      }
    }
    return all.toString();
  }
}
