package dev.sluice.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// Time that passes when a test says so.
final class MovableClock implements InstantSource {

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

  @Override
  public Instant instant() {
    return now.get();
  }

  void pass(Duration duration) {
    now.updateAndGet(before -> before.plus(duration));
  }
}
