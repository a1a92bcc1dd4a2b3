package dev.sluice.gateway.workspace;

import java.util.List;

/// The ways into a workspace that a server offers.
public interface SignIn {

  /// What the server offers, in the order to show.
  List<Method> methods() throws WorkspaceProblem;

  /// Signs in with a local account. The password is wiped before this returns.
  Workspace withPassword(String account, char[] password) throws WorkspaceProblem;

  /// Signs in with an identity provider, in the person's own browser. Blocks until they are done
  /// there, at most three minutes.
  ///
  /// @param id of a method other than `local`
  default Workspace withProvider(String id, BrowserWindow browser) throws WorkspaceProblem {
    throw new WorkspaceProblem(
        "provider-unknown",
        WorkspaceProblem.Blame.USER,
        "This way of signing in is not offered here.",
        "Choose another one.");
  }

  /// @param id `local`, or an identity provider's id
  /// @param label such as "Continue with Okta"
  record Method(String id, String label) {}
}
