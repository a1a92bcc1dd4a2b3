package dev.sluice.server.directory;

import dev.sluice.governance.identity.Actor;
import java.security.PublicKey;
import java.time.Instant;

/// A signed-in session, as the server knows it.
///
/// @param id names it in records; not a secret
/// @param actor who, with groups and roles as they are now
/// @param deviceKey proves its requests
/// @param deviceThumbprint SHA-256 of the key, hex
/// @param tokenExpiresAt end of the present token
/// @param authenticatedAt when the person last showed who they are
public record Session(
    String id,
    Actor actor,
    PublicKey deviceKey,
    String deviceThumbprint,
    Instant tokenExpiresAt,
    Instant authenticatedAt) {

  public String principalKey() {
    return actor.principal().key();
  }
}
