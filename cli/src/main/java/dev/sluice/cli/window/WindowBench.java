package dev.sluice.cli.window;

import dev.sluice.app.QueryTab;
import dev.sluice.app.Workbench;
import dev.sluice.app.WorkbenchOptions;
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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// One window over the demo, and what is measured in it.
final class WindowBench {

  private static final int PATIENCE_SECONDS = 60;

  private final WorkbenchWindow window;
  private final Consumer<String> say;

  WindowBench(DemoWorld world, Consumer<String> say) throws IOException {
    this.say = say;
    window =
        Workbench.open(
            world.signIn(),
            WorkbenchOptions.in(Files.createTempDirectory("sluice-bench"))
                .withAccount("analyst")
                .withSize(1280, 800));
    Toolkit.call(
        () -> {
          text(ControlIds.SIGN_IN_PASSWORD, DemoWorld.PASSWORD);
          fire(ControlIds.SIGN_IN_SUBMIT);
          return true;
        });
    await("the workbench", () -> window.activeTab().isPresent());
    await("a connection", () -> tab().editor().connectionProperty().get().isPresent());
  }

  void close() {
    Toolkit.call(
        () -> {
          window.close();
          return true;
        });
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
            command("statement.run");
            Frames.after(
                () -> shown() instanceof ResultViewModel now && now.rowsProperty().get() > 0,
                () -> {
                  at[0] = System.nanoTime();
                  drawn.countDown();
                });
            return true;
          });
      waitFor("rows", drawn);
      ResultViewModel result = finished();
      times.add(Math.max(0, (at[0] - result.answeredNanos()) / 1e6));
    }
    return times;
  }

  private List<Double> cancels() {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      write("SELECT count(*) FROM orders a, orders b, orders c WHERE a.id + b.id + c.id = " + i);
      Toolkit.call(() -> command("statement.run"));
      await(
          "a running statement",
          () ->
              shown() instanceof ResultViewModel now
                  && now.phaseProperty().get() == ResultViewModel.Phase.RUNNING);
      pause(300);
      long asked = System.nanoTime();
      Toolkit.call(() -> command("run.cancel"));
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
    pause(3_000);
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
                Node area = node(ControlIds.EDITOR_AREA);
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
      waitFor("colours", painted);
      times.add((at[0] - typed) / 1e6);
      pause(40);
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
      pause(400);
    }
  }

  private QueryTab tab() {
    return window.activeTab().orElseThrow(() -> new BenchFailure("There is no tab."));
  }

  private @org.jspecify.annotations.Nullable ResultViewModel shown() {
    return tab().results().shownProperty().get().orElse(null);
  }

  private ResultViewModel finished() {
    await(
        "the end of the statement",
        () -> shown() instanceof ResultViewModel now && now.phaseProperty().get().isFinal());
    ResultViewModel result = shown();
    if (result == null) {
      throw new BenchFailure("The result is gone.");
    }
    return result;
  }

  private void write(String text) {
    Toolkit.call(
        () -> {
          tab().write(text);
          return true;
        });
    await("the text", () -> tab().editor().textProperty().get().equals(text));
    pause(400);
  }

  private boolean command(String id) {
    return window.commands().map(all -> all.execute(id)).orElse(false);
  }

  private void text(String id, String text) {
    if (node(id) instanceof TextInputControl field) {
      field.setText(text);
    }
  }

  private void fire(String id) {
    if (node(id) instanceof ButtonBase button) {
      button.fire();
    }
  }

  private @org.jspecify.annotations.Nullable Node node(String id) {
    return window.scene().getRoot().lookup("#" + id);
  }

  private static void waitFor(String what, CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new BenchFailure("Waited in vain for " + what + ".");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.");
    }
  }

  private static void await(String what, Supplier<Boolean> condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Toolkit.call(condition)) {
      if (System.nanoTime() > end) {
        throw new BenchFailure("Waited in vain for " + what + ".");
      }
      pause(2);
    }
  }

  static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.");
    }
  }
}
