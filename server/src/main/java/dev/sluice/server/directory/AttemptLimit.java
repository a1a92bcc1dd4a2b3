package dev.sluice.server.directory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/// At most so many attempts in a window of time, by key. Forgets the longest unused keys when there
/// are too many to keep. Safe for use by many threads.
public final class AttemptLimit {

  private static final int MOST_KEYS = 10_000;

  private final int most;
  private final Duration window;
  private final InstantSource clock;
  private final Map<String, Deque<Long>> attempts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Long>> eldest) {
          return size() > MOST_KEYS;
        }
      };

  public AttemptLimit(int most, Duration window, InstantSource clock) {
    this.most = most;
    this.window = window;
    this.clock = clock;
  }

  /// Counts an attempt.
  ///
  /// @return empty when it may go on; otherwise the seconds to wait
  public synchronized OptionalLong count(String key) {
    long now = clock.millis();
    Deque<Long> times = attempts.computeIfAbsent(key, unused -> new ArrayDeque<>());
    while (!times.isEmpty() && times.peekFirst() <= now - window.toMillis()) {
      times.removeFirst();
    }
    if (times.size() >= most) {
      return OptionalLong.of(
          Math.max(1, (times.getFirst() + window.toMillis() - now + 999) / 1000));
    }
    times.addLast(now);
    return OptionalLong.empty();
  }

  /// Forgets a key's attempts.
  public synchronized void clear(String key) {
    attempts.remove(key);
  }
}
