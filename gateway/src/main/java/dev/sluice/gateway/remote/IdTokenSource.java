package dev.sluice.gateway.remote;

import dev.sluice.gateway.workspace.BrowserWindow;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.net.URI;
import java.util.Optional;

/// Gets the ID tokens of one person from an identity provider. What it holds stays in memory, or in
/// the system's own key store.
public interface IdTokenSource {

  /// Asks the person, in their browser. Blocks until they are done.
  ///
  /// @param nonce that the token must carry
  String ask(String nonce) throws WorkspaceProblem;

  /// As above, but they must show anew who they are, even if the browser still knows them.
  String askAgain(String nonce, BrowserWindow browser) throws WorkspaceProblem;

  /// A new token without asking anybody.
  ///
  /// @throws WorkspaceProblem `provider-ended` when the provider no longer vouches for the person
  String renew() throws WorkspaceProblem;

  /// Where a browser ends the provider's own session; empty where the provider offers no such page.
  /// Does not block.
  Optional<URI> browserSignOut();

  /// Lets go of what the provider gave. Never throws.
  void signOut();
}
