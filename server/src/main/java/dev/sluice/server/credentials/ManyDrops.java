package dev.sluice.server.credentials;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Drops many logins of one database, some at a time, so that thousands that ran out while it was
/// away are gone soon after it is back. A database that is away is not asked once for each.
final class ManyDrops {

  private static final int AT_ONCE = 4;
  private static final int ENOUGH_FAILURES = 4;

  private ManyDrops() {}

  /// Returns when all were tried, or enough have failed for this turn.
  ///
  /// @param drop false when it failed
  static <T> void each(List<T> logins, Predicate<T> drop) {
    if (logins.isEmpty()) {
      return;
    }
    AtomicInteger failures = new AtomicInteger();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      for (T login : logins) {
        threads.execute(
            () -> {
              if (failures.get() < ENOUGH_FAILURES && !drop.test(login)) {
                failures.incrementAndGet();
              }
            });
      }
    }
  }
}
