package dev.sluice.proof.journey;

import dev.sluice.app.WorkbenchWindow;
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
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.fxmisc.richtext.CodeArea;
import org.jspecify.annotations.Nullable;
import org.testfx.util.WaitForAsyncUtils;

/// Drives one window and reads what it shows.
final class Screen implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 45;

  /// What a step may compute on the window's own thread the first time it is ever done, when a
  /// class is still interpreted and only the quick compiler runs.
  private static final Duration HELD = Duration.ofMillis(400);

  private final WorkbenchWindow window;
  private final String name;
  private final FxProbe probe = FxProbe.start();
  private int pictures;

  Screen(WorkbenchWindow window, String name) {
    this.window = window;
    this.name = name;
  }

  WorkbenchWindow window() {
    return window;
  }

  Screen signIn(String account, String password) {
    set(ControlIds.SIGN_IN_ACCOUNT, account);
    set(ControlIds.SIGN_IN_PASSWORD, password);
    fire(ControlIds.SIGN_IN_SUBMIT);
    await("the workbench", () -> window.activeTab().isPresent());
    await(
        "a connection",
        () -> window.activeTab().orElseThrow().editor().connectionProperty().get().isPresent());
    await("the whole screen", window::isSettled);
    return this;
  }

  /// Puts the window away, so that nobody looks at it, or takes it up again.
  Screen away(boolean away) {
    run(() -> ((Stage) window.scene().getWindow()).setIconified(away));
    await("the window put away", () -> window.isInFront() != away);
    return this;
  }

  Screen navigate(String screen) {
    run(() -> window.navigate(screen));
    return this;
  }

  /// Puts a text into a field.
  Screen set(String id, String text) {
    awaitShown(id);
    run(
        () -> {
          if (node(id) instanceof TextInputControl field) {
            field.requestFocus();
            field.setText(text);
          }
        });
    return this;
  }

  Screen fire(String id) {
    awaitShown(id);
    await("an enabled #" + id, () -> !found(id).isDisabled());
    run(() -> ((ButtonBase) found(id)).fire());
    return this;
  }

  /// Writes a statement into the editor and runs it.
  ResultViewModel ask(String statement) {
    var before = get(() -> window.activeTab().orElseThrow().results().shownProperty().get());
    write(statement);
    run(() -> window.commands().orElseThrow().execute("statement.run"));
    await(
        "a finished result",
        () ->
            window
                .activeTab()
                .flatMap(tab -> tab.results().shownProperty().get())
                .filter(result -> before.isEmpty() || before.get() != result)
                .filter(result -> result.phaseProperty().get().isFinal())
                .isPresent());
    return get(
        () -> window.activeTab().orElseThrow().results().shownProperty().get().orElseThrow());
  }

  /// Writes a text into the editor, in place of what is there.
  Screen write(String text) {
    run(() -> ((CodeArea) found(ControlIds.EDITOR_AREA)).replaceText(text));
    await(
        "the text",
        () -> window.activeTab().orElseThrow().editor().textProperty().get().equals(text));
    return this;
  }

  Screen awaitShown(String id) {
    await("#" + id, () -> node(id) instanceof Node found && shown(found));
    return this;
  }

  Screen awaitGone(String id) {
    await("no #" + id, () -> !(node(id) instanceof Node found) || !shown(found));
    return this;
  }

  Screen awaitText(String id, String part) {
    await(
        "\"" + part + "\" in #" + id,
        () -> node(id) instanceof Node found && shown(found) && words(found).contains(part));
    return this;
  }

  String text(String id) {
    awaitShown(id);
    return get(() -> words(found(id)));
  }

  private static String words(Node node) {
    if (node instanceof CodeArea area) {
      // Its colours cut the text into pieces, at a moment of their own.
      return area.getText();
    }
    if (node instanceof Labeled labeled
        && labeled.getText() != null
        && !labeled.getText().isEmpty()) {
      return labeled.getText();
    }
    StringBuilder text = new StringBuilder();
    if (node instanceof TextInputControl input) {
      text.append(input.getText());
    } else if (node instanceof javafx.scene.text.Text plain) {
      text.append(plain.getText());
    } else if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> text.append(words(child)).append(' '));
    }
    return text.toString().strip();
  }

  @Nullable Node node(String id) {
    return window.scene().getRoot().lookup("#" + id);
  }

  private Node found(String id) {
    return Objects.requireNonNull(node(id), id);
  }

  private static boolean shown(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return true;
  }

  void await(String what, Callable<Boolean> condition) {
    try {
      WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, () -> get(condition));
    } catch (TimeoutException e) {
      picture("failed");
      throw new AssertionError("Waited in vain for " + what + ".", e);
    }
  }

  <T> T get(Callable<T> question) {
    return WaitForAsyncUtils.waitForAsyncFx(PATIENCE_SECONDS * 1000L, question);
  }

  void run(Runnable action) {
    get(
        () -> {
          action.run();
          return true;
        });
  }

  /// Writes the window as it is to `target/screens`. What no mouse could reach fails the journey.
  Screen picture(String title) {
    WaitForAsyncUtils.waitForFxEvents();
    if (!title.equals("failed")) {
      List<String> cut = get(() -> CutOff.in(window.scene()));
      if (!cut.isEmpty()) {
        throw new AssertionError("Cut off on " + title + ": " + cut);
      }
    }
    Path folder = Path.of("target", "screens");
    var image = get(() -> window.scene().snapshot(null));
    try {
      Files.createDirectories(folder);
      pictures++;
      String file = "%s-%02d-%s.png".formatted(name, pictures, title);
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
    var held = probe.over(HELD);
    if (!held.isEmpty()) {
      throw new AssertionError("The window was held for longer than " + HELD + ": " + held);
    }
  }
}
