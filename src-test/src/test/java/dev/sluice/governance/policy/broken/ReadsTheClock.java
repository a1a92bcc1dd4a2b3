package dev.sluice.governance.policy.broken;

import java.time.Instant;

/// Broken on purpose: the instant is an argument.
final class ReadsTheClock {
  Instant now() {
    return Instant.now();
  }
}
