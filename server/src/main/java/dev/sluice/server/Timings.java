package dev.sluice.server;

import java.time.Duration;

/// How long things hold.
///
/// @param lease a leased login, unless renewed
/// @param freshSignIn who decides a request must have signed in no longer ago
/// @param catalog a catalog is read again after this
/// @param sweep pause between looks for what has expired
public record Timings(Duration lease, Duration freshSignIn, Duration catalog, Duration sweep) {

  /// Fifteen minutes, five minutes, one minute, one second.
  public static Timings standard() {
    return new Timings(
        Duration.ofMinutes(15),
        Duration.ofMinutes(5),
        Duration.ofMinutes(1),
        Duration.ofSeconds(1));
  }

  public Timings withFreshSignIn(Duration other) {
    return new Timings(lease, other, catalog, sweep);
  }
}
