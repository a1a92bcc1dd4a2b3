package dev.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.fake.FakeServer;
import dev.sluice.app.results.ResultViewModel;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Preferences;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.ListView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every screen in each theme and language, and what a person does with a result.
class ScreensJourneyTest {

  @TempDir Path state;

  private final FakeServer server = new FakeServer();

  private Journey open(String name, WorkbenchOptions options) {
    Journey journey = new Journey(Workbench.open(server, options.withSize(980, 780)), name);
    return journey.signIn("analyst", FakeServer.PASSWORD).awaitWorkbench();
  }

  @Test
  void a_result_is_filtered_sorted_and_looked_into_without_running_again() {
    try (Journey journey = open("result", WorkbenchOptions.in(state))) {
      journey.write("SELECT * FROM customers").press(KeyCode.CONTROL, KeyCode.ENTER);
      ResultViewModel result = journey.awaitResult();
      journey.type(ControlIds.RESULT_FILTER, "osaka");
      journey.await("fewer rows", () -> journey.text(ControlIds.RESULT_ROWS).startsWith("60 of"));
      journey.picture("filtered");
      assertThat(journey.ask(() -> result.cell(0, 4))).contains("Osaka");
      journey.click(ControlIds.RESULT_GRID).press(KeyCode.ENTER).awaitNode(ControlIds.VALUE_PANEL);
      journey.picture("value");
      assertThat(server.timelines.get("analyst")).hasSize(1);
    }
  }

  @Test
  void every_control_that_takes_the_focus_has_a_name_on_every_screen() {
    try (Journey journey = open("names", WorkbenchOptions.in(state))) {
      journey.write("SELECT * FROM customers").press(KeyCode.CONTROL, KeyCode.ENTER);
      journey.awaitResult();
      for (String screen : List.of("query", "inbox", "timeline", "settings")) {
        journey.interact(() -> journey.window().navigate(screen)).picture(screen);

        assertThat(journey.ask(() -> nameless(journey.window().scene().getRoot()))).isEmpty();
      }
    }
  }

  private static List<String> nameless(Parent parent) {
    List<String> found = new ArrayList<>();
    for (Node child : parent.getChildrenUnmodifiable()) {
      if (!child.isVisible()) {
        continue;
      }
      boolean control =
          child instanceof ButtonBase
              || child instanceof TextInputControl
              || child instanceof ComboBoxBase<?>
              || child instanceof ChoiceBox<?>
              || child instanceof ListView<?>
              || child instanceof TreeView<?>;
      if (control && child.isFocusTraversable() && name(child).isBlank()) {
        found.add(child.getClass().getSimpleName() + " #" + child.getId());
      }
      boolean whole = child instanceof ComboBoxBase<?> || child instanceof ChoiceBox<?>;
      if (child instanceof Parent inner && !whole) {
        found.addAll(nameless(inner));
      }
    }
    return found;
  }

  private static String name(Node node) {
    String given = node.getAccessibleText() == null ? "" : node.getAccessibleText();
    return node instanceof ButtonBase button && button.getText() != null
        ? given + button.getText()
        : given;
  }

  @Test
  void dark_german_and_twice_as_large_shows_the_same_work() throws Exception {
    Files.createDirectories(state);
    Files.writeString(state.resolve("preferences.properties"), "theme=dark\nzoom=150\n");
    try (Journey journey = open("german", WorkbenchOptions.in(state).withLocale(Locale.GERMAN))) {
      journey.write("DROP TABLE orders").press(KeyCode.CONTROL, KeyCode.ENTER);
      journey.awaitNode(ControlIds.BLOCKED_CARD).picture("blocked");

      assertThat(journey.text(ControlIds.BLOCKED_CARD)).contains("Blockiert");
      journey.interact(() -> journey.window().commands().get().execute("theme.toggle"));
      journey.picture("light");
      assertThat(Preferences.load(state).themeProperty().get())
          .isEqualTo(Preferences.ThemeChoice.LIGHT);
    }
  }

  @Test
  void text_comes_back_in_the_next_window_and_nothing_runs_by_itself() {
    try (Journey journey = open("before", WorkbenchOptions.in(state))) {
      journey.write("SELECT * FROM orders -- keep me");
    }
    try (Journey journey = open("after", WorkbenchOptions.in(state))) {
      journey.await(
          "the text", () -> journey.editor().getText().equals("SELECT * FROM orders -- keep me"));

      assertThat(journey.ask(() -> journey.window().activeTab().get().results().results()))
          .isEmpty();
      assertThat(server.timelines).isEmpty();
    }
  }

  @Test
  void a_suggestion_is_chosen_by_keys() {
    try (Journey journey = open("completion", WorkbenchOptions.in(state))) {
      journey.write("SELECT * FROM cust").press(KeyCode.CONTROL, KeyCode.SPACE);
      journey.await(
          "suggestions",
          () ->
              !javafx.stage.Window.getWindows()
                  .filtered(window -> window instanceof javafx.stage.Popup)
                  .isEmpty());
      journey.press(KeyCode.ENTER);
      journey.await("the name", () -> journey.editor().getText().equals("SELECT * FROM customers"));
    }
  }

  @Test
  void a_fix_rewrites_the_statement() {
    try (Journey journey = open("fix", WorkbenchOptions.in(state))) {
      journey.write("UPDATE orders SET status = 'x'").press(KeyCode.CONTROL, KeyCode.ENTER);
      journey.awaitNode(ControlIds.BLOCKED_CARD).fire(ControlIds.WAY_OUT_PREFIX + 1);
      journey.await(
          "the fix",
          () -> journey.editor().getText().equals("UPDATE orders SET status = 'x' WHERE id = "));
    }
  }
}
