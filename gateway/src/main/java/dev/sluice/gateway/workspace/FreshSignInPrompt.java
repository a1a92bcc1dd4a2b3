package dev.sluice.gateway.workspace;

import java.net.URI;
import java.util.Optional;

/// Asks the person, while a call of theirs waits, to show again who they are. Called on the call's
/// own thread, by one call at a time.
public interface FreshSignInPrompt {

  /// Asks for the password of an account of the server itself. Blocks until there is an answer.
  ///
  /// @param refused why the answer before was not taken
  /// @return wiped by whoever asked; empty when the person gave up
  Optional<char[]> password(String account, Optional<WorkspaceProblem> refused);

  /// Shows where an identity provider asks, in the person's own browser. Returns at once.
  ///
  /// @param cancel gives the sign-in up; may be called at any time, from any thread
  void inBrowser(URI address, Runnable cancel);

  /// It is over, well or not: what was shown for it goes away.
  void over();
}
