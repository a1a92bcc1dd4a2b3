package dev.sluice.cli.tour;

import dev.sluice.app.WorkbenchWindow;
import dev.sluice.app.results.ResultViewModel;
import dev.sluice.app.shell.ControlIds;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import org.jspecify.annotations.Nullable;

/// Drives one window by mouse and keys, and reads what it shows.
final class TourWindow {

  private final WorkbenchWindow window;
  private final Robot robot = FxThread.ask(Robot::new);

  TourWindow(WorkbenchWindow window) {
    this.window = window;
  }

  WorkbenchWindow window() {
    return window;
  }

  /// Brings the window before the others, so that keys and clicks reach it.
  TourWindow front() {
    FxThread.run(
        () -> {
          window.stage().toFront();
          window.stage().requestFocus();
        });
    FxThread.await("the window's focus", () -> window.stage().isFocused());
    return this;
  }

  TourWindow click(String id) {
    awaitEnabled(id);
    FxThread.run(
        () -> {
          Node node = Objects.requireNonNull(node(id));
          Bounds bounds = node.localToScreen(node.getBoundsInLocal());
          robot.mouseMove(bounds.getCenterX(), bounds.getCenterY());
          robot.mouseClick(MouseButton.PRIMARY);
        });
    FxThread.pause(60);
    return this;
  }

  /// Presses a button that a toast may cover on a small screen.
  TourWindow fire(String id) {
    awaitEnabled(id);
    FxThread.run(
        () -> {
          if (node(id) instanceof ButtonBase button) {
            button.fire();
          }
        });
    return this;
  }

  private void awaitEnabled(String id) {
    awaitShown(id);
    FxThread.await("an enabled #" + id, () -> node(id) instanceof Node node && !node.isDisabled());
  }

  /// Types a text into a field, in place of what is there.
  TourWindow type(String id, String text) {
    click(id);
    FxThread.run(
        () -> {
          if (node(id) instanceof TextInputControl field) {
            field.requestFocus();
            field.clear();
          }
        });
    typeIntoFocus(text);
    return this;
  }

  /// Types a statement into the editor, in place of what is there.
  TourWindow write(String statement) {
    click(ControlIds.EDITOR_AREA);
    FxThread.run(() -> Objects.requireNonNull(node(ControlIds.EDITOR_AREA)).requestFocus());
    press(KeyCode.CONTROL, KeyCode.A);
    press(KeyCode.DELETE);
    typeIntoFocus(statement);
    FxThread.await(
        "the statement in the editor",
        () -> window.activeTab().orElseThrow().editor().textProperty().get().equals(statement));
    return this;
  }

  private void typeIntoFocus(String text) {
    text.codePoints()
        .mapToObj(Character::toString)
        .forEach(
            character ->
                FxThread.run(
                    () -> {
                      Node focus = window.scene().getFocusOwner();
                      if (focus != null) {
                        Event.fireEvent(focus, typed(character));
                      }
                    }));
  }

  private static KeyEvent typed(String character) {
    return new KeyEvent(
        KeyEvent.KEY_TYPED, character, "", KeyCode.UNDEFINED, false, false, false, false);
  }

  /// Presses keys together.
  TourWindow press(KeyCode... keys) {
    FxThread.run(
        () -> {
          for (KeyCode key : keys) {
            robot.keyPress(key);
          }
          for (int index = keys.length - 1; index >= 0; index--) {
            robot.keyRelease(keys[index]);
          }
        });
    FxThread.pause(60);
    return this;
  }

  Duration awaitShown(String id) {
    return FxThread.await(
        "#" + id.toLowerCase(Locale.ROOT), () -> node(id) instanceof Node node && shown(node));
  }

  void awaitGone(String id) {
    FxThread.await("no #" + id, () -> !(node(id) instanceof Node node) || !shown(node));
  }

  /// Waits until the run that the window shows is over.
  ResultViewModel awaitResult() {
    FxThread.await(
        "a finished result",
        () ->
            window
                .activeTab()
                .flatMap(tab -> tab.results().shownProperty().get())
                .map(result -> result.phaseProperty().get().isFinal())
                .orElse(false));
    return FxThread.ask(
        () -> window.activeTab().orElseThrow().results().shownProperty().get().orElseThrow());
  }

  /// All words under a control; icons are letters of private use and left out.
  String text(String id) {
    awaitShown(id);
    return FxThread.ask(() -> words(Objects.requireNonNull(node(id))))
        .replaceAll("[\\s\\p{Co}]+", " ")
        .strip();
  }

  private static String words(Node node) {
    if (node instanceof Labeled labeled) {
      return labeled.getText() == null ? "" : labeled.getText();
    }
    StringBuilder text = new StringBuilder();
    if (node instanceof TextInputControl input) {
      text.append(input.getText());
    } else if (node instanceof javafx.scene.text.Text words) {
      text.append(words.getText());
    } else if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> text.append(words(child)).append(' '));
    }
    return text.toString();
  }

  WritableImage picture() {
    FxThread.pause(250);
    return FxThread.ask(() -> window.scene().snapshot(null));
  }

  private @Nullable Node node(String id) {
    return window.scene().getRoot().lookup("#" + id);
  }

  private static boolean shown(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return true;
  }

  void close() {
    FxThread.run(window::close);
  }
}
