package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;

/// Asks for the next pair of tokens. A refresh token works once; presented again, it ends the whole
/// session.
///
/// @param idToken of the identity provider that vouches for the session, at most five minutes old
///     and not presented before; empty for a local account
public record SessionRefresh(@Sensitive String refreshToken, @Sensitive String idToken) {
  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
