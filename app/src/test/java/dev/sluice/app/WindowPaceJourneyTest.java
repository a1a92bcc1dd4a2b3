package dev.sluice.app;

import dev.sluice.app.fake.FakeServer;
import dev.sluice.app.shell.ControlIds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing that a person does holds up the window. What counts is the processor time of the
/// window's own thread, so that a busy machine does not decide; the second round counts, when the
/// classes are there, as they are in the installed program from the start.
class WindowPaceJourneyTest {

  @TempDir Path state;

  private final FakeServer server = new FakeServer();

  @Test
  void no_step_of_a_journey_keeps_the_window_from_answering() {
    round("first", 50, Duration.ofMillis(1_000));
    round("second", 5_000, Journey.PACE);
  }

  private void round(String name, int lines, Duration limit) {
    try (Journey journey =
        new Journey(
            Workbench.open(
                server,
                WorkbenchOptions.in(state.resolve(name))
                    .withAccount("analyst")
                    .withSize(1280, 800)),
            "pace-" + name,
            limit)) {
      journey.signIn("analyst", FakeServer.PASSWORD).awaitWorkbench();
      journey.write("SELECT * FROM customers").press(KeyCode.CONTROL, KeyCode.ENTER);
      journey.awaitResult();
      journey.fire(ControlIds.RESULT_CHART).awaitNode(ControlIds.CHART_PANEL);
      journey.fire(ControlIds.RESULT_CHART);
      for (String screen : List.of("inbox", "timeline", "saved", "settings", "query")) {
        journey.interact(() -> journey.window().navigate(screen)).settle();
      }
      String script = "SELECT id, total FROM orders WHERE id = 1;\n".repeat(lines);
      journey.interact(() -> journey.window().activeTab().get().write(script));
      journey.await(
          "the script",
          () -> journey.window().activeTab().get().editor().textProperty().get().equals(script));
      journey.click(ControlIds.EDITOR_AREA).press(KeyCode.X).press(KeyCode.BACK_SPACE);
      journey.interact(() -> journey.window().commands().get().execute("palette.open"));
      journey.press(KeyCode.ESCAPE).settle();
    }
  }
}
