package dev.sluice.server.directory;

import dev.sluice.server.Problems;
import java.time.Duration;
import java.time.InstantSource;

/// What must not be done by whoever finds a window open: it needs a sign-in that is not long ago.
///
/// @param longest how long ago it may be
public record FreshSignIn(Duration longest, InstantSource clock) {

  /// @throws dev.sluice.server.ServerProblem when it is longer ago
  public void require(Session session) {
    if (clock.instant().isAfter(session.authenticatedAt().plus(longest))) {
      throw Problems.freshSignInNeeded();
    }
  }
}
