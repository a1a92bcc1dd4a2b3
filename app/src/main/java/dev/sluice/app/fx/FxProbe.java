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

  /// The toolkit without a display copies the window pixel by pixel on the FX thread; a real one
  /// does not. Such a stretch says nothing about the window.
  private static final String WITHOUT_DISPLAY = "HeadlessWindow.blit";

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
  /// @param where the stacks seen, most frequent first, each with how often it was seen
  public record Stretch(Duration wall, Duration processor, Map<String, Integer> where) {}

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
  /// busy the machine was.
  public Duration longestProcessorTime() {
    return Duration.ofNanos(longestProcessorNanos.get());
  }

  /// The stretches in which most was computed, the longest first.
  public List<Stretch> stretches() {
    synchronized (stretches) {
      return List.copyOf(stretches);
    }
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
    long copying = stacks.stream().filter(stack -> stack.contains(WITHOUT_DISPLAY)).count();
    if (copying * 2 > stacks.size()) {
      return;
    }
    longestNanos.accumulateAndGet(wall, Math::max);
    longestProcessorNanos.accumulateAndGet(used, Math::max);
    if (!stacks.isEmpty()) {
      keep(new Stretch(Duration.ofNanos(wall), Duration.ofNanos(used), sorted(stacks)));
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
      stretches.sort(Comparator.comparing(Stretch::processor).reversed());
      if (stretches.size() > MOST_STRETCHES) {
        stretches.removeLast();
      }
    }
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
