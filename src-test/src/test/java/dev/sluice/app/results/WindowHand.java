package dev.sluice.app.results;

import dev.sluice.app.QueryTab;
import dev.sluice.app.WorkbenchWindow;
import dev.sluice.app.fx.Toolkit;
import dev.sluice.app.shell.ControlIds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javax.imageio.ImageIO;
import org.fxmisc.richtext.CodeArea;

/// Works in one window through its controls.
final class WindowHand implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 120;

  private final WorkbenchWindow window;

  WindowHand(WorkbenchWindow window) {
    this.window = window;
  }

  QueryTab tab() {
    return window.activeTab().orElseThrow();
  }

  /// Whether the person is signed in.
  boolean isOpen() {
    return window.activeTab().isPresent() && window.isSettled();
  }

  private Node node(String id) {
    Node found = window.scene().getRoot().lookup("#" + id);
    if (found == null) {
      throw new AssertionError("There is no " + id + ".");
    }
    return found;
  }

  /// Whether a control is there and not hidden.
  boolean has(String id) {
    Node found = window.scene().getRoot().lookup("#" + id);
    return found != null && found.isVisible();
  }

  void type(String id, String text) {
    await(id, () -> has(id));
    fx(
        () -> {
          ((TextInputControl) node(id)).setText(text);
          return true;
        });
  }

  void fire(String id) {
    await("an enabled " + id, () -> has(id) && !node(id).isDisabled());
    fx(
        () -> {
          ((ButtonBase) node(id)).fire();
          return true;
        });
  }

  void command(String id) {
    fx(() -> window.commands().orElseThrow().execute(id));
  }

  /// Types a value over a cell, as keys would.
  void cell(int row, int column, String value) {
    fx(
        () -> {
          ResultGrid grid = (ResultGrid) node(ControlIds.RESULT_GRID);
          grid.reveal(row, column);
          key(grid, KeyCode.F2);
          CellEditor editor = (CellEditor) node(ControlIds.CELL_EDITOR);
          editor.setText(value);
          key(editor, KeyCode.ENTER);
          return true;
        });
  }

  private static void key(Node target, KeyCode code) {
    target.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
  }

  void append(String text) {
    fx(
        () -> {
          tab().write(tab().editor().textProperty().get() + text);
          return true;
        });
  }

  String text(String id) {
    return fx(
        () ->
            node(id) instanceof TextInputControl field
                ? field.getText()
                : ((Labeled) node(id)).getText());
  }

  /// How the script is coloured three units before its end; empty for plain text.
  String styleAtTheEnd() {
    CodeArea area = (CodeArea) node(ControlIds.EDITOR_AREA);
    return area.getStyleOfChar(area.getLength() - 3).stream().findFirst().orElse("");
  }

  int rowsOf(String list) {
    return ((ListView<?>) node(list)).getItems().size();
  }

  long shownRows() {
    return tab()
        .results()
        .shownProperty()
        .get()
        .filter(result -> result.phaseProperty().get() == ResultViewModel.Phase.DONE)
        .map(result -> result.rowsProperty().get())
        .orElse(-1L);
  }

  void await(String what, Callable<Boolean> condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!fx(condition)) {
      if (System.nanoTime() > end) {
        picture("failed");
        throw new AssertionError("Waited in vain for " + what + ".");
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static <T> T fx(Callable<T> question) {
    return Toolkit.call(
        () -> {
          try {
            return question.call();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  void picture(String name) {
    WritableImage image = fx(() -> window.scene().snapshot(null));
    try {
      Path folder = Files.createDirectories(Path.of("target", "screens"));
      ImageIO.write(
          SwingFXUtils.fromFXImage(image, null), "png", folder.resolve(name + ".png").toFile());
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    fx(
        () -> {
          window.close();
          return true;
        });
  }
}
