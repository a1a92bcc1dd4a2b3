package dev.sluice.gateway.workspace;

import java.net.URI;
import java.time.Instant;

/// Shows a person a code that they type into a browser on any machine, to sign in here.
public interface CodeWindow {

  /// Returns at once. The sign-in goes on when the person is done there.
  ///
  /// @param address where the code is typed
  /// @param until when the code is of no use any more
  /// @param cancel gives the sign-in up; may be called at any time, from any thread
  void show(URI address, String code, Instant until, Runnable cancel);
}
