package dev.sluice.app.fx;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/// Measures how long the FX thread was ever busy: a heartbeat is posted every few milliseconds and
/// its delay is the time something else held the thread. While a beat is overdue, the thread's
/// stack is looked at, so that the longest stretches can be named.
public final class FxProbe implements AutoCloseable {

  private static final long BEAT_MILLISECONDS = 4;
  private static final long OVERDUE_NANOS = 12_000_000;
  private static final int MOST_STRETCHES = 12;
  private static final int DEEPEST = 200;

  /// What may hold the FX thread for long: nothing of it is the window's own work, or it is before
  /// there is a window to wait for.
  ///
  /// @param frame a part of a stack by which it is known
  /// @param because why
  public record Allowance(String frame, String because) {}

  public static final List<Allowance> ALLOWED =
      List.of(
          new Allowance(
              "HeadlessWindow.blit",
              "the toolkit without a display copies the window pixel by pixel, a real one does"
                  + " not"),
          new Allowance("Scene.snapshot", "a picture is taken for a test"),
          new Allowance("WorkbenchWindow.show:", "the window is not there yet"));

  /// Frames of a machine that has just started: classes are read and call sites linked once. The
  /// installed program has them in its cache.
  private static final List<String> STARTING =
      List.of(
          "ClassLoader.loadClass:",
          "MethodHandleNatives.linkCallSite:",
          "MethodHandleNatives.linkMethodHandleConstant:",
          "MethodHandleNatives.linkDynamicConstant:",
          "ResourceBundle.getBundleImpl:");

  private final AtomicLong longestNanos = new AtomicLong();
  private final AtomicLong longestProcessorNanos = new AtomicLong();
  private final List<Stretch> stretches = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();
  private long lastProcessorNanos = -1;
  private volatile long lastBeat = System.nanoTime();
  private volatile long posted;
  private volatile @Nullable Thread fx;
  private final Thread thread;
  private volatile boolean running = true;

  private FxProbe() {
    thread = new Thread(this::beat, "sluice-fx-probe");
    thread.setDaemon(true);
  }

  /// One time the FX thread was held.
  ///
  /// @param wall how long, by the clock
  /// @param processor what it computed itself in that time
  /// @param starting the part of it in which classes were loaded and linked for the first time
  /// @param where the stacks seen, most frequent first, each with how often it was seen
  public record Stretch(
      Duration wall, Duration processor, Duration starting, Map<String, Integer> where) {

    /// What it computed that it will compute again.
    public Duration own() {
      return processor.minus(starting);
    }

    /// Milliseconds, and the stacks a line each.
    @Override
    public String toString() {
      StringBuilder words =
          new StringBuilder(
              wall.toMillis()
                  + " ms held, "
                  + processor.toMillis()
                  + " ms computed, "
                  + starting.toMillis()
                  + " ms of it starting");
      where.forEach((stack, seen) -> words.append("\n  ").append(seen).append(" x ").append(stack));
      return words.toString();
    }
  }

  public static FxProbe start() {
    FxProbe probe = new FxProbe();
    probe.thread.start();
    return probe;
  }

  /// The longest time between two beats that was not idle, since the start or the last
  /// [#reset()].
  public Duration longest() {
    return Duration.ofNanos(longestNanos.get());
  }

  /// The most processor time the FX thread took between two beats: what it did itself, however
  /// busy the machine was. What is [#ALLOWED] and the start of the machine do not count.
  public Duration longestProcessorTime() {
    return Duration.ofNanos(longestProcessorNanos.get());
  }

  /// The stretches in which most was computed, the longest first.
  public List<Stretch> stretches() {
    synchronized (stretches) {
      return List.copyOf(stretches);
    }
  }

  /// The stretches that took more processor time than `limit`, the longest first.
  public List<Stretch> over(Duration limit) {
    return stretches().stream()
        .filter(stretch -> stretch.own().compareTo(limit) > 0)
        .sorted(Comparator.comparing(Stretch::own).reversed())
        .toList();
  }

  public void reset() {
    longestProcessorNanos.set(0);
    longestNanos.set(0);
    synchronized (stretches) {
      stretches.clear();
    }
  }

  private void beaten(long wanted) {
    fx = Thread.currentThread();
    long now = System.nanoTime();
    long wall = now - Math.max(wanted, lastBeat);
    long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long used = lastProcessorNanos < 0 ? 0 : processor - lastProcessorNanos;
    lastProcessorNanos = processor;
    lastBeat = now;
    List<String> stacks;
    synchronized (seen) {
      stacks = List.copyOf(seen);
      seen.clear();
    }
    long allowed = stacks.stream().filter(FxProbe::isAllowed).count();
    if (allowed * 2 > stacks.size()) {
      return;
    }
    long starting = stacks.stream().filter(FxProbe::isStarting).count();
    long start = stacks.isEmpty() ? 0 : used * (starting + allowed) / stacks.size();
    longestNanos.accumulateAndGet(wall, Math::max);
    longestProcessorNanos.accumulateAndGet(used - start, Math::max);
    if (!stacks.isEmpty()) {
      keep(
          new Stretch(
              Duration.ofNanos(wall),
              Duration.ofNanos(used),
              Duration.ofNanos(start),
              sorted(stacks)));
    }
  }

  private void beat() {
    try {
      while (running) {
        long now = System.nanoTime();
        posted = now;
        Platform.runLater(() -> beaten(now));
        Thread.sleep(BEAT_MILLISECONDS);
        Thread held = fx;
        long before = lastBeat;
        if (held != null && before < posted && System.nanoTime() - before > OVERDUE_NANOS) {
          String stack = words(held.getStackTrace());
          synchronized (seen) {
            if (lastBeat == before) {
              seen.add(stack);
            }
          }
        }
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void keep(Stretch stretch) {
    synchronized (stretches) {
      stretches.add(stretch);
      stretches.sort(Comparator.comparing(Stretch::own).reversed());
      if (stretches.size() > MOST_STRETCHES) {
        stretches.removeLast();
      }
    }
  }

  private static boolean isAllowed(String stack) {
    return ALLOWED.stream().anyMatch(each -> stack.contains(each.frame()));
  }

  private static boolean isStarting(String stack) {
    return STARTING.stream().anyMatch(stack::contains);
  }

  private static Map<String, Integer> sorted(List<String> stacks) {
    Map<String, Integer> seen = new LinkedHashMap<>();
    stacks.forEach(stack -> seen.merge(stack, 1, Integer::sum));
    Map<String, Integer> sorted = new LinkedHashMap<>();
    seen.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  private static String words(StackTraceElement[] stack) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < Math.min(stack.length, DEEPEST); i++) {
      String type = stack[i].getClassName();
      words
          .append(i == 0 ? "" : " < ")
          .append(type.substring(type.lastIndexOf('.') + 1))
          .append('.')
          .append(stack[i].getMethodName())
          .append(':')
          .append(stack[i].getLineNumber());
    }
    return words.toString();
  }

  @Override
  public void close() {
    running = false;
    thread.interrupt();
  }
}
