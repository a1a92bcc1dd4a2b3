package dev.sluice.gateway.remote;

import dev.sluice.gateway.workspace.WorkspaceProblem;

/// Gets the ID tokens of one person from an identity provider. What it holds stays in memory, or in
/// the system's own key store.
public interface IdTokenSource {

  /// Asks the person, in their browser. Blocks until they are done.
  ///
  /// @param nonce that the token must carry
  /// @param again whether they must show anew who they are, even if the browser still knows them
  String ask(String nonce, boolean again) throws WorkspaceProblem;

  /// A new token without asking anybody.
  ///
  /// @throws WorkspaceProblem `provider-ended` when the provider no longer vouches for the person
  String renew() throws WorkspaceProblem;

  /// Lets go of what the provider gave. Never throws.
  void signOut();
}
