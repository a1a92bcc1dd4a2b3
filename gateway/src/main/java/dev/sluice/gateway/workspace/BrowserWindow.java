package dev.sluice.gateway.workspace;

import java.net.URI;

/// Shows a person an address in a browser of theirs, outside this program.
public interface BrowserWindow {

  /// Returns at once. The sign-in goes on when the person is done there.
  ///
  /// @param address https, or http on this machine
  /// @param cancel gives the sign-in up; may be called at any time, from any thread
  void open(URI address, Runnable cancel);
}
