package dev.sluice.app.fx;

import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Runs what may block away from the FX thread and brings the answer back to it. One per window;
/// closing it abandons what is under way without waiting.
public final class Background implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Background.class.getName());

  private final UiExecutor ui;
  private final Executor workers;
  private final Timer timer;
  private final Runnable onClose;
  private volatile boolean closed;

  private Background(UiExecutor ui, Executor workers, Timer timer, Runnable onClose) {
    this.ui = ui;
    this.workers = workers;
    this.timer = timer;
    this.onClose = onClose;
  }

  /// Daemon threads, as many as are needed at once.
  public static Background threads(UiExecutor ui) {
    AtomicInteger number = new AtomicInteger();
    ThreadFactory factory =
        task -> {
          Thread thread = new Thread(task, "sluice-background-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    ExecutorService workers = Executors.newCachedThreadPool(factory);
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(factory);
    return new Background(
        ui,
        workers,
        (delay, task) -> {
          var future = scheduler.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
          return () -> future.cancel(false);
        },
        () -> {
          scheduler.shutdownNow();
          workers.shutdownNow();
        });
  }

  /// Everything at once on the caller's thread, for tests of view models.
  public static Background direct() {
    return new Background(
        UiExecutor.direct(),
        Runnable::run,
        (delay, task) -> {
          task.run();
          return () -> {};
        },
        () -> {});
  }

  public UiExecutor ui() {
    return ui;
  }

  /// Runs `work` and hands its result or its problem to the FX thread. A failure that is not a
  /// [WorkspaceProblem] is logged and becomes one with blame INTERNAL.
  public <T> void call(Work<T> work, Consumer<T> onDone, Consumer<WorkspaceProblem> onProblem) {
    if (closed) {
      return;
    }
    workers.execute(
        () -> {
          T result;
          try {
            result = work.call();
          } catch (WorkspaceProblem problem) {
            deliver(() -> onProblem.accept(problem));
            return;
          } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Background work failed.", e);
            deliver(() -> onProblem.accept(Problems.internal(e)));
            return;
          }
          deliver(() -> onDone.accept(result));
        });
  }

  /// Runs a task without an answer.
  public void run(Runnable task) {
    call(
        () -> {
          task.run();
          return Boolean.TRUE;
        },
        done -> {},
        problem -> {});
  }

  /// Runs `task` on a background thread after `delay`.
  ///
  /// @return cancels it when it has not begun
  public Runnable after(Duration delay, Runnable task) {
    if (closed) {
      return () -> {};
    }
    return timer.schedule(delay, task);
  }

  /// Hands a task to the FX thread, unless closed.
  public void deliver(Runnable task) {
    ui.execute(
        () -> {
          if (!closed) {
            task.run();
          }
        });
  }

  @Override
  public void close() {
    closed = true;
    onClose.run();
  }

  @FunctionalInterface
  private interface Timer {
    Runnable schedule(Duration delay, Runnable task);
  }
}
