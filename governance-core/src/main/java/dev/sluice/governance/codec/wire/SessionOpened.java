package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import dev.sluice.governance.identity.Actor;
import java.time.Instant;

/// A session, bound to the device key it was opened with.
///
/// @param sessionId names the session in records; not a secret
/// @param token goes into `Authorization: Sluice TOKEN`, short-lived
/// @param refreshToken for the next pair
/// @param expiresAt end of `token`, server time
/// @param serverTime now, so that a client knows its own skew
/// @param nonce for the first proof
/// @param me who is signed in
public record SessionOpened(
    String sessionId,
    @Sensitive String token,
    @Sensitive String refreshToken,
    Instant expiresAt,
    Instant serverTime,
    String nonce,
    Actor me) {
  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
