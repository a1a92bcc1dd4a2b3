package dev.sluice.governance.codec.wire;

import java.util.List;

/// An identity provider that people sign in with, as the desktop needs to know it. Nothing in it is
/// a secret.
///
/// @param id names it to the server
/// @param kind `oidc` or `entra`
/// @param label such as "Continue with Okta"
/// @param issuer where its discovery document stands
/// @param clientId of the desktop, a public client
/// @param authority where Entra ID's sign-in lives; the issuer for others
/// @param tenant of Entra ID, empty for others
/// @param scopes asked for besides the usual ones
/// @param codeClientId the public client for signing in with a code typed on another device; empty
///     where that is not offered
public record SignInProvider(
    String id,
    String kind,
    String label,
    String issuer,
    String clientId,
    String authority,
    String tenant,
    List<String> scopes,
    String codeClientId) {
  public SignInProvider {
    scopes = List.copyOf(scopes);
  }
}
