package dev.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.fake.FakeServer;
import dev.sluice.app.fx.FxProbe;
import dev.sluice.app.shell.ControlIds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing that a person does holds up the window. What counts is the processor time of the
/// window's own thread, so that a busy machine does not decide; the second round counts, when the
/// classes are there, as they are in the installed program from the start.
class WindowPaceJourneyTest {

  /// Fifty milliseconds are what is asked for, on an unloaded machine with everything compiled; the
  /// rest is for tests that run with the quick compiler alone.
  private static final Duration LIMIT = Duration.ofMillis(180);

  @TempDir Path state;

  private final FakeServer server = new FakeServer();

  @Test
  void no_step_of_a_journey_keeps_the_window_from_answering() {
    round("first", 50);
    try (FxProbe probe = FxProbe.start()) {
      round("second", 5_000);
      String offenders =
          probe.stretches().stream()
              .filter(stretch -> stretch.processor().compareTo(LIMIT) > 0)
              .map(String::valueOf)
              .collect(Collectors.joining("\n"));
      assertThat(offenders).isEmpty();
    }
  }

  private void round(String name, int lines) {
    try (Journey journey =
        new Journey(
            Workbench.open(
                server,
                WorkbenchOptions.in(state.resolve(name))
                    .withAccount("analyst")
                    .withSize(1280, 800)),
            "pace-" + name)) {
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
