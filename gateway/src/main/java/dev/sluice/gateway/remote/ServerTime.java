package dev.sluice.gateway.remote;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// The server's time on a machine whose own clock may be wrong, or be set while somebody works:
/// what the server said when the session was opened or renewed, and how long ago that was. Of the
/// two ways to know how long, by the machine's clock and by the counter that nobody can set, the
/// longer one counts: setting the clock back gains nothing, and neither does a machine that slept.
/// Safe for use by many threads.
public final class ServerTime implements InstantSource {

  private final InstantSource machine;
  private final LongSupplier counter;
  private volatile Known known;

  private record Known(Instant server, Instant machine, long counted) {}

  ServerTime() {
    this(InstantSource.system(), System::nanoTime);
  }

  /// @param counter nanoseconds that nobody can set
  ServerTime(InstantSource machine, LongSupplier counter) {
    this.machine = machine;
    this.counter = counter;
    Instant now = machine.instant();
    this.known = new Known(now, now, counter.getAsLong());
  }

  /// The server said what time it is.
  void take(Instant server) {
    known = new Known(server, machine.instant(), counter.getAsLong());
  }

  @Override
  public Instant instant() {
    Known last = known;
    Instant byClock = machine.instant().plus(Duration.between(last.machine(), last.server()));
    Instant byCounter = last.server().plusNanos(counter.getAsLong() - last.counted());
    return byClock.isAfter(byCounter) ? byClock : byCounter;
  }

  /// How far the machine's clock is behind the server's; negative when it is ahead.
  public Duration behind() {
    return Duration.between(machine.instant(), instant());
  }
}
