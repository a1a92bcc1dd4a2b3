package dev.sluice.bench;

import java.util.concurrent.atomic.AtomicLongArray;

/// How long things took, in buckets that are five per cent wide, so that a long run keeps no more
/// than a short one. Safe for many threads.
final class Timing {

  private static final double SMALLEST = 0.01;
  private static final double STEP = Math.log(1.05);

  /// Up to some minutes.
  private final AtomicLongArray buckets = new AtomicLongArray(360);

  void add(double milliseconds) {
    double steps = Math.log(Math.max(milliseconds, SMALLEST) / SMALLEST) / STEP;
    buckets.incrementAndGet(Math.min((int) steps, buckets.length() - 1));
  }

  long count() {
    long all = 0;
    for (int i = 0; i < buckets.length(); i++) {
      all += buckets.get(i);
    }
    return all;
  }

  /// The upper end of the bucket that holds this part of all, in milliseconds; 0 without any.
  double at(double part) {
    long all = count();
    if (all == 0) {
      return 0;
    }
    long below = 0;
    for (int i = 0; i < buckets.length(); i++) {
      below += buckets.get(i);
      if (below >= Math.ceil(all * part)) {
        return SMALLEST * Math.exp((i + 1) * STEP);
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
