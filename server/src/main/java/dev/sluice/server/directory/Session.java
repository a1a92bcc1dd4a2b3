package dev.sluice.server.directory;

import dev.sluice.governance.identity.Actor;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;

/// A signed-in session, as the server knows it.
///
/// @param id names it in records; not a secret
/// @param actor who, with groups and roles as they are now
/// @param deviceKey proves its requests; empty for a service, which holds a bearer token and is
///     never a person
/// @param deviceThumbprint SHA-256 of the key, hex; empty without one
/// @param tokenExpiresAt end of the present token
/// @param authenticatedAt when the person last showed who they are
/// @param provider id of the identity provider that vouches for it, empty for the server itself
/// @param audience what a bearer token is good for, empty for a device's session
public record Session(
    String id,
    Actor actor,
    Optional<PublicKey> deviceKey,
    String deviceThumbprint,
    Instant tokenExpiresAt,
    Instant authenticatedAt,
    String provider,
    String audience) {

  /// The same session of somebody as they are now.
  public Session as(Actor now) {
    return new Session(
        id, now, deviceKey, deviceThumbprint, tokenExpiresAt, authenticatedAt, provider, audience);
  }

  public String principalKey() {
    return actor.principal().key();
  }
}
