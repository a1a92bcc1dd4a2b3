package dev.sluice.gateway.workspace;

import java.util.List;

/// The ways into a workspace that a server offers.
public interface SignIn {

  /// What the server offers, in the order to show.
  List<Method> methods() throws WorkspaceProblem;

  /// Signs in with a local account. The password is wiped before this returns.
  Workspace withPassword(String account, char[] password) throws WorkspaceProblem;

  /// @param id `local`, or an identity provider's id
  /// @param label such as "Continue with Okta"
  record Method(String id, String label) {}
}
