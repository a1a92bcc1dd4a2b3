package dev.sluice.app.shell;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Supplier;

/// The window's clock, put right by how far it is behind the server's: what is counted down ends
/// when the server says so.
final class ServerClock extends Clock {

  private final Clock clock;
  private final Supplier<Duration> behind;

  ServerClock(Clock clock, Supplier<Duration> behind) {
    this.clock = clock;
    this.behind = behind;
  }

  @Override
  public ZoneId getZone() {
    return clock.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new ServerClock(clock.withZone(zone), behind);
  }

  @Override
  public Instant instant() {
    return clock.instant().plus(behind.get());
  }
}
