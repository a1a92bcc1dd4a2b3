package dev.sluice.cli.window;

import dev.sluice.app.QueryTab;
import dev.sluice.app.WorkbenchWindow;
import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Toolkit;
import dev.sluice.app.fx.UiExecutor;
import dev.sluice.app.results.ResultViewModel;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.gateway.workspace.Run;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.governance.sql.StatementText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.scene.Node;
import javafx.scene.input.ScrollEvent;

/// A million rows of ten columns in the grid, handed over in the batches that the executor hands
/// over (the demo's policy lets nobody read so many, so they are made here).
final class MillionRows {

  private static final int ROWS = 1_000_000;
  private static final int BATCH = 500;
  private static final int FRAMES = 40;

  private MillionRows() {}

  static void measure(WorkbenchWindow window, Map<String, Double> figures) {
    QueryTab tab = window.activeTab().orElseThrow(() -> new BenchFailure("There is no tab."));
    WorkspaceConnection connection =
        tab.editor()
            .connectionProperty()
            .get()
            .orElseThrow(() -> new BenchFailure("There is no connection."));
    double before = heapMegabytes();
    try (Background background = Background.threads(UiExecutor.platform())) {
      ResultViewModel result =
          new ResultViewModel(
              background,
              Messages.in(Locale.ENGLISH),
              connection,
              StatementText.of("SELECT * FROM a_million"));
      CountDownLatch done = new CountDownLatch(1);
      Toolkit.call(
          () -> {
            tab.results().add(result);
            result
                .phaseProperty()
                .addListener(
                    (observed, was, now) -> {
                      if (now.isFinal()) {
                        done.countDown();
                      }
                    });
            result.start(MillionRows::deliver);
            return true;
          });
      if (!done.await(120, TimeUnit.SECONDS)) {
        throw new BenchFailure("A million rows did not arrive.");
      }
      BenchWindow.pause(500);
      figures.put("million_rows_heap_mb", heapMegabytes() - before);
      figures.put("scroll_longest_pulse_ms", scroll(window));
      Toolkit.call(
          () -> {
            tab.results().remove(result);
            return true;
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.");
    }
  }

  private static Run deliver(Consumer<RunEvent> listener) {
    List<RunEvent.ResultColumn> columns = new ArrayList<>();
    for (int column = 0; column < 10; column++) {
      columns.add(new RunEvent.ResultColumn("column_" + column, "text", Optional.empty()));
    }
    listener.accept(new RunEvent.ColumnsKnown(columns));
    listener.accept(new RunEvent.StateChanged(RunEvent.State.STREAMING));
    for (int from = 0; from < ROWS; from += BATCH) {
      List<Object[]> rows = new ArrayList<>(BATCH);
      for (int row = from; row < from + BATCH; row++) {
        rows.add(row(row));
      }
      listener.accept(new RunEvent.Rows(List.copyOf(rows)));
    }
    listener.accept(
        new RunEvent.Completed(-1, ROWS, false, Duration.ZERO, Duration.ZERO, List.of(), "bench"));
    return new Run() {
      @Override
      public void cancel() {
        // It has ended.
      }

      @Override
      public boolean isDone() {
        return true;
      }
    };
  }

  private static Object[] row(int row) {
    return new Object[] {
      (long) row,
      "person " + row,
      "person" + row + "@shop.example",
      BigDecimal.valueOf(row, 2),
      LocalDate.ofEpochDay(row % 20_000).toString(),
      row % 3 == 0 ? "open" : "done",
      (long) row * 7,
      "city " + row % 500,
      row % 2 == 0,
      (double) row / 3
    };
  }

  /// Turns the wheel, frame by frame, with a leap now and then.
  ///
  /// @return the longest time between two frames, in milliseconds, without those that were waited
  private static double scroll(WorkbenchWindow window) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    double[] longest = new double[1];
    Toolkit.call(
        () -> {
          Node grid = window.scene().getRoot().lookup("#" + ControlIds.RESULT_GRID);
          if (grid == null) {
            throw new BenchFailure("The grid is not shown.");
          }
          new AnimationTimer() {
            private int frames;

            @Override
            public void handle(long now) {
              long begun = System.nanoTime();
              grid.fireEvent(wheel(frames % 10 == 9 ? -4_000_000 : -400));
              grid.getScene().getRoot().layout();
              if (frames > 3) {
                longest[0] = Math.max(longest[0], (System.nanoTime() - begun) / 1e6);
              }
              if (++frames == FRAMES) {
                stop();
                done.countDown();
              }
            }
          }.start();
          return true;
        });
    if (!done.await(120, TimeUnit.SECONDS)) {
      throw new BenchFailure("Scrolling did not end.");
    }
    return longest[0];
  }

  private static ScrollEvent wheel(double by) {
    return new ScrollEvent(
        ScrollEvent.SCROLL,
        200,
        200,
        200,
        200,
        false,
        false,
        false,
        false,
        false,
        false,
        0,
        by,
        0,
        by,
        ScrollEvent.HorizontalTextScrollUnits.NONE,
        0,
        ScrollEvent.VerticalTextScrollUnits.NONE,
        0,
        0,
        null);
  }

  private static double heapMegabytes() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      BenchWindow.pause(150);
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least / 1e6;
  }
}
