package dev.sluice.cli.window;

import dev.sluice.app.QueryTab;
import dev.sluice.app.WorkbenchWindow;
import dev.sluice.app.editor.CompletionTimings;
import dev.sluice.app.fx.FxProbe;
import dev.sluice.app.fx.Toolkit;
import dev.sluice.app.results.ResultViewModel;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.cli.demo.DemoWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// One window over the demo, and what is measured in it.
final class WindowBench {

  private final BenchWindow bench;
  private final WorkbenchWindow window;
  private final Consumer<String> say;

  WindowBench(DemoWorld world, Consumer<String> say) throws IOException {
    this.say = say;
    bench =
        new BenchWindow(
            world.signIn(),
            Files.createTempDirectory("sluice-bench"),
            "analyst",
            DemoWorld.PASSWORD);
    window = bench.window();
  }

  void close() {
    bench.close();
  }

  void measure(Map<String, Double> figures) {
    rounds(3);
    try (FxProbe probe = FxProbe.start()) {
      say.accept("Running statements.");
      figures.put("first_row_ms", Figures.median(rounds(9)));
      figures.put("cancel_ms", Figures.median(cancels()));
      say.accept("Typing into 5,000 lines.");
      figures.put("keystroke_ms", Figures.median(keystrokes()));
      say.accept("Completing among 20,000 tables.");
      figures.put("completion_ms", Figures.median(CompletionTimings.over(20_000)));
      say.accept("Showing 1,000,000 rows of 10 columns.");
      MillionRows.measure(window, figures);
      screens();
      figures.put("longest_fx_task_ms", probe.longest().toNanos() / 1e6);
      figures.put("longest_fx_task_cpu_ms", probe.longestProcessorTime().toNanos() / 1e6);
      if (Boolean.getBoolean("sluice.bench.stacks")) {
        probe.stretches().forEach(stretch -> say.accept(stretch.toString()));
      }
    }
  }

  /// From the database's answer at hand to its first row drawn.
  private List<Double> rounds(int count) {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      write("SELECT * FROM orders LIMIT " + (200 + i));
      CountDownLatch drawn = new CountDownLatch(1);
      long[] at = new long[1];
      Toolkit.call(
          () -> {
            bench.command("statement.run");
            Frames.after(
                () -> shown() instanceof ResultViewModel now && now.rowsProperty().get() > 0,
                () -> {
                  at[0] = System.nanoTime();
                  drawn.countDown();
                });
            return true;
          });
      BenchWindow.waitFor("rows", drawn);
      ResultViewModel result = finished();
      times.add(Math.max(0, (at[0] - result.answeredNanos()) / 1e6));
    }
    return times;
  }

  private List<Double> cancels() {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      write("SELECT count(*) FROM orders a, orders b, orders c WHERE a.id + b.id + c.id = " + i);
      Toolkit.call(() -> bench.command("statement.run"));
      BenchWindow.await(
          "a running statement",
          () ->
              shown() instanceof ResultViewModel now
                  && now.phaseProperty().get() == ResultViewModel.Phase.RUNNING);
      BenchWindow.pause(300);
      long asked = System.nanoTime();
      Toolkit.call(() -> bench.command("run.cancel"));
      ResultViewModel result = finished();
      if (result.phaseProperty().get() != ResultViewModel.Phase.CANCELLED) {
        throw new BenchFailure("A statement was not cancelled: " + result.stateText());
      }
      times.add((result.endedNanos() - asked) / 1e6);
    }
    return times;
  }

  /// From a key to its colours on the screen's model, in a script of 5,000 lines.
  private List<Double> keystrokes() {
    StringBuilder script = new StringBuilder();
    for (int line = 0; line < 5_000; line++) {
      script.append("SELECT id, total FROM orders WHERE id = ").append(line).append(";\n");
    }
    write(script.toString());
    BenchWindow.pause(3_000);
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      CountDownLatch painted = new CountDownLatch(1);
      long[] at = new long[1];
      long typed =
          Toolkit.call(
              () -> {
                tab()
                    .editor()
                    .onceStyled(
                        () -> {
                          at[0] = System.nanoTime();
                          painted.countDown();
                        });
                long now = System.nanoTime();
                Node area = bench.node(ControlIds.EDITOR_AREA);
                if (area != null) {
                  area.fireEvent(
                      new KeyEvent(
                          KeyEvent.KEY_TYPED,
                          "x",
                          "",
                          KeyCode.UNDEFINED,
                          false,
                          false,
                          false,
                          false));
                }
                return now;
              });
      BenchWindow.waitFor("colours", painted);
      times.add((at[0] - typed) / 1e6);
      BenchWindow.pause(40);
    }
    write("SELECT 1");
    return times;
  }

  private void screens() {
    for (String screen : List.of("inbox", "timeline", "settings", "query")) {
      Toolkit.call(
          () -> {
            window.navigate(screen);
            return true;
          });
      BenchWindow.pause(400);
    }
  }

  private QueryTab tab() {
    return bench.tab();
  }

  private @org.jspecify.annotations.Nullable ResultViewModel shown() {
    return tab().results().shownProperty().get().orElse(null);
  }

  private ResultViewModel finished() {
    BenchWindow.await(
        "the end of the statement",
        () -> shown() instanceof ResultViewModel now && now.phaseProperty().get().isFinal());
    ResultViewModel result = shown();
    if (result == null) {
      throw new BenchFailure("The result is gone.");
    }
    return result;
  }

  private void write(String text) {
    bench.write(text);
    BenchWindow.pause(400);
  }
}
