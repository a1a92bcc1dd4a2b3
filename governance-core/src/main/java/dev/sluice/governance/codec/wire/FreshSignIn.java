package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;

/// Shows again, within a session, who somebody is: with the password of a local account, or with a
/// new ID token of the provider that vouches for the session.
///
/// @param password empty where a provider vouches
/// @param idToken empty for a local account
/// @param salt of the token's nonce, as in [TokenSignIn]
public record FreshSignIn(@Sensitive String password, @Sensitive String idToken, String salt) {
  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
