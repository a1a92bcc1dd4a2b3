package dev.sluice.proof.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.results.ResultViewModel;
import dev.sluice.app.shell.ControlIds;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.event.Event;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two results compared, and lines of a script edited together.
class CompareJourneyTest {

  @TempDir Path folder;

  @Test
  void what_came_went_and_changed_between_two_runs_is_seen_and_masked_cells_are_not_compared()
      throws Exception {
    try (SmallWorld world = SmallWorld.start(folder)) {
      Screen screen = world.window("analyst", "compare", 1280, 800, "light");
      String query = "SELECT id, name, email FROM customers ORDER BY name";
      ResultViewModel before = screen.ask(query);
      screen.run(() -> before.pinnedProperty().set(true));
      world.change("UPDATE customers SET name = 'Renamed', email = 'new@mail.test' WHERE id = 3");
      world.change("UPDATE customers SET name = NULL WHERE id = 4");
      world.change("UPDATE customers SET email = 'hidden@mail.test' WHERE id = 5");
      world.change("DELETE FROM customers WHERE id IN (6, 7)");
      world.change("INSERT INTO customers VALUES (99, 'Fresh', 'fresh@mail.test', '1')");
      screen.ask(query);
      focusGrid(screen);
      assertThat(copied(screen)).startsWith("id\tname\temail\n").doesNotContain("@mail.test");

      screen.fire(ControlIds.RESULT_COMPARE);
      screen.awaitText(ControlIds.COMPARE_COUNTS, "1 added, 2 removed, 2 changed, 36 the same");
      screen.awaitText(ControlIds.COMPARE_NOTES, "Masked, so not compared: email");
      screen.awaitText(ControlIds.COMPARE_KEY, "Rows by id");
      screen.run(() -> screen.window().commands().orElseThrow().execute("results.next-difference"));
      String copied = copied(screen);
      assertThat(copied).contains("Renamed").doesNotContain("new@mail.test", "hidden@mail");
      screen.picture("light");
      screen.run(() -> screen.window().commands().orElseThrow().execute("theme.toggle"));
      screen.picture("dark");
      screen.run(() -> screen.window().commands().orElseThrow().execute("theme.toggle"));

      // Back to the result that is shown.
      screen.run(() -> press(screen, ControlIds.COMPARE_PANE, KeyCode.ESCAPE, false));
      screen.awaitGone(ControlIds.COMPARE_PANE);

      columns(screen);
    }
  }

  private static void focusGrid(Screen screen) {
    screen.run(() -> screen.window().scene().lookup(".result-grid").requestFocus());
  }

  /// Everything of the grid in front, by Ctrl+A and Ctrl+C.
  private static String copied(Screen screen) {
    screen.run(() -> Clipboard.getSystemClipboard().clear());
    for (KeyCode key : List.of(KeyCode.A, KeyCode.C)) {
      screen.run(
          () ->
              Event.fireEvent(
                  screen.window().scene().getFocusOwner(),
                  new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, true, false, false)));
    }
    screen.await("a copy", () -> Clipboard.getSystemClipboard().hasString());
    return screen.get(() -> Clipboard.getSystemClipboard().getString());
  }

  private static void columns(Screen screen) {
    screen.write("SELECT id\nFROM orders\nx\nWHERE id = 1\nAND id > 0");
    CodeArea area = (CodeArea) Objects.requireNonNull(screen.node(ControlIds.EDITOR_AREA));
    screen.run(() -> area.moveTo(0, 2));
    for (int line = 1; line < 5; line++) {
      command(screen, "editor.column-down");
    }
    command(screen, "editor.column-right");
    command(screen, "editor.column-right");
    screen.picture("columns");
    screen.run(() -> type(area, "_"));
    // The line that ends before the rectangle stays as it is.
    assertThat(text(screen, area)).isEqualTo("SE_CT id\nFR_ orders\nx\nWH_E id = 1\nAN_id > 0");
    screen.run(() -> type(area, "!"));
    screen.run(() -> press(screen, ControlIds.EDITOR_AREA, KeyCode.BACK_SPACE, false));
    assertThat(text(screen, area)).isEqualTo("SE_CT id\nFR_ orders\nx\nWH_E id = 1\nAN_id > 0");
    screen.run(
        () -> {
          ClipboardContent lines = new ClipboardContent();
          lines.putString("1\n22\n3\n4");
          Clipboard.getSystemClipboard().setContent(lines);
          press(screen, ControlIds.EDITOR_AREA, KeyCode.V, true);
        });
    assertThat(text(screen, area))
        .isEqualTo("SE_1CT id\nFR_22 orders\nx\nWH_3E id = 1\nAN_4id > 0");

    // Each of them went in one step, so it comes back in one.
    screen.run(area::undo);
    assertThat(text(screen, area)).isEqualTo("SE_CT id\nFR_ orders\nx\nWH_E id = 1\nAN_id > 0");
    for (int step = 0; step < 3; step++) {
      screen.run(area::undo);
    }
    assertThat(text(screen, area)).isEqualTo("SELECT id\nFROM orders\nx\nWHERE id = 1\nAND id > 0");
    screen.await(
        "the tab has it",
        () ->
            screen
                .window()
                .activeTab()
                .orElseThrow()
                .editor()
                .textProperty()
                .get()
                .equals("SELECT id\nFROM orders\nx\nWHERE id = 1\nAND id > 0"));
  }

  private static String text(Screen screen, CodeArea area) {
    return screen.get(area::getText);
  }

  private static void command(Screen screen, String id) {
    screen.run(() -> screen.window().commands().orElseThrow().execute(id));
  }

  private static void type(CodeArea area, String text) {
    area.fireEvent(
        new KeyEvent(KeyEvent.KEY_TYPED, text, "", KeyCode.UNDEFINED, false, false, false, false));
  }

  private static void press(Screen screen, String id, KeyCode code, boolean control) {
    Objects.requireNonNull(screen.node(id))
        .fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, control, false, false));
  }
}
