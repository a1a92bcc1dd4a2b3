package dev.sluice.gateway.parser;

import dev.sluice.governance.sql.ParserWorker;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs parser work on its own threads: so many at once, with a large stack, for so long.
///
/// Work that overruns is interrupted and given up; its thread is replaced, so that one hostile
/// statement does not starve the next. When too many given-up threads are still busy, new work
/// waits and is then refused. Safe for any number of callers.
public final class BoundedParserWorker implements ParserWorker, AutoCloseable {

  /// So many times the limit may pass on the clock before work is given up that got no processor.
  private static final int PATIENCE = 4;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Duration limit;
  private final Semaphore running;
  private final Semaphore abandonable;
  private final ThreadPoolExecutor threads;

  /// @param atOnce how many statements are parsed at the same time
  /// @param abandoned how many given-up threads may still be busy before new work has to wait
  /// @param stackBytes stack of each thread; address space, not memory, until it is used
  /// @param limit processor time for one piece of work; four times that on the clock
  public record Settings(int atOnce, int abandoned, long stackBytes, Duration limit) {
    /// As many as processors but at least two, 64 MiB of stack, one and a half seconds.
    public static Settings standard() {
      int atOnce = Math.max(2, Runtime.getRuntime().availableProcessors());
      return new Settings(atOnce, 8, 64L << 20, Duration.ofMillis(1500));
    }
  }

  public BoundedParserWorker(Settings settings) {
    this.limit = settings.limit();
    this.running = new Semaphore(settings.atOnce());
    this.abandonable = new Semaphore(settings.abandoned());
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            60,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> new ParserThread(this, work, settings.stackBytes()));
  }

  /// A worker with standard settings.
  public static BoundedParserWorker standard() {
    return new BoundedParserWorker(Settings.standard());
  }

  @Override
  public <T> T run(Callable<T> work) throws ParserOverrun {
    if (Thread.currentThread() instanceof ParserThread thread && thread.owner == this) {
      return ParserWorker.onCallerThread().run(work);
    }
    acquire();
    Attempt<T> attempt = new Attempt<>(work);
    try {
      threads.execute(attempt);
    } catch (RejectedExecutionException e) {
      running.release();
      throw new ParserOverrun("The parser is shut down.");
    }
    try {
      return attempt.await();
    } catch (TimeoutException e) {
      attempt.abandon();
      throw new ParserOverrun(
          "The statement took longer than " + limit.toMillis() + " ms to understand.");
    } catch (InterruptedException e) {
      attempt.abandon();
      Thread.currentThread().interrupt();
      throw new ParserOverrun("Understanding the statement was interrupted.");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw overrunFrom(cause == null ? e : cause);
    }
  }

  private void acquire() throws ParserOverrun {
    try {
      if (!running.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new ParserOverrun("The parser is busy with statements that take very long.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ParserOverrun("Understanding the statement was interrupted.");
    }
  }

  private static ParserOverrun overrunFrom(Throwable cause) {
    return switch (cause) {
      case StackOverflowError e -> new ParserOverrun("The statement is nested too deeply.");
      case OutOfMemoryError e -> new ParserOverrun("The statement needs too much memory.");
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default ->
          throw new IllegalStateException("Parser work must not throw checked exceptions.", cause);
    };
  }

  /// Stops taking work; threads that are still busy are daemons and do not keep the process.
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private enum State {
    RUNNING,
    /// Given up; another thread may take its place already.
    REPLACED,
    /// Given up; its place is free when it ends.
    HELD,
    ENDED
  }

  /// One piece of work; gives its place back when the thread is free again, or when it is given up.
  private final class Attempt<T> implements Runnable {
    private final FutureTask<T> task;
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private volatile long cpuBefore;
    private volatile @Nullable Thread runner;

    Attempt(Callable<T> work) {
      this.task = new FutureTask<>(work);
    }

    @Override
    public void run() {
      cpuBefore = THREADS.isThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : 0;
      runner = Thread.currentThread();
      try {
        task.run();
      } finally {
        switch (state.getAndSet(State.ENDED)) {
          case RUNNING, HELD -> running.release();
          case REPLACED -> abandonable.release();
          case ENDED -> throw new IllegalStateException("One piece of work ends once.");
        }
      }
    }

    /// Waits while the work has had less of a processor than its limit: on a busy machine, time
    /// passes without anything being done.
    T await() throws TimeoutException, ExecutionException, InterruptedException {
      long end = System.nanoTime() + PATIENCE * limit.toNanos();
      while (true) {
        try {
          return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          Thread thread = runner;
          boolean spent =
              thread != null
                  && THREADS.isThreadCpuTimeSupported()
                  && THREADS.getThreadCpuTime(thread.threadId()) - cpuBefore >= limit.toNanos();
          if (spent || System.nanoTime() - end >= 0) {
            throw e;
          }
        }
      }
    }

    void abandon() {
      boolean place = abandonable.tryAcquire();
      if (state.compareAndSet(State.RUNNING, place ? State.REPLACED : State.HELD)) {
        if (place) {
          running.release();
        }
      } else if (place) {
        abandonable.release();
      }
      task.cancel(true);
    }
  }

  private static final class ParserThread extends Thread {
    private final BoundedParserWorker owner;

    ParserThread(BoundedParserWorker owner, Runnable work, long stackBytes) {
      super(null, work, "sluice-parser", stackBytes);
      this.owner = owner;
      setDaemon(true);
    }
  }
}
