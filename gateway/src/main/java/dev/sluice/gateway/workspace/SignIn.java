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

  /// Signs in with an identity provider, by a code that the person types into a browser elsewhere.
  /// Blocks until they are done, or the code has run out. Who signed in like this shows who they
  /// are in a browser here before they decide a request.
  ///
  /// @param id of a method that says so
  default Workspace withCode(String id, CodeWindow window) throws WorkspaceProblem {
    throw new WorkspaceProblem(
        "provider-unknown",
        WorkspaceProblem.Blame.USER,
        "Signing in with a code is not offered here.",
        "Choose another way.");
  }

  /// @param id `local`, or an identity provider's id
  /// @param label such as "Continue with Okta"
  /// @param codes whether a code typed elsewhere will do
  record Method(String id, String label, boolean codes) {
    public Method(String id, String label) {
      this(id, label, false);
    }
  }
}
