package dev.sluice.server.directory;

import dev.sluice.governance.audit.SigningKeys;
import dev.sluice.governance.codec.DeviceProof;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.Problems;
import java.security.PublicKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// A session as it is stored.
record SessionRow(
    String id,
    Actor actor,
    String deviceKey,
    Instant tokenExpiresAt,
    Instant authenticatedAt,
    Instant renewableUntil,
    String provider,
    String audience) {

  /// Of a person on a device.
  static final String DEVICE = "device";

  /// Of an agent or pipeline with a bearer token.
  static final String BEARER = "bearer";

  static SessionRow of(ResultSet row) throws SQLException {
    try {
      return new SessionRow(
          row.getString("id"),
          JsonCodec.read(row.getString("actor"), Actor.class),
          row.getString("device_key"),
          Instant.ofEpochMilli(row.getLong("token_expires_at")),
          Instant.ofEpochMilli(row.getLong("authenticated_at")),
          Instant.ofEpochMilli(row.getLong("renewable_until")),
          row.getString("provider"),
          row.getString("audience"));
    } catch (JsonCodec.MalformedJson e) {
      throw new IllegalStateException("A session in the store is not readable.", e);
    }
  }

  /// @param current who it is now
  Session with(Actor current) {
    Optional<PublicKey> key =
        deviceKey.isEmpty() ? Optional.empty() : Optional.of(publicKey(deviceKey));
    return new Session(
        id,
        current,
        key,
        key.map(found -> DeviceProof.digest(found.getEncoded())).orElse(""),
        tokenExpiresAt,
        authenticatedAt,
        provider,
        audience);
  }

  static PublicKey publicKey(String base64) {
    try {
      return SigningKeys.publicKey(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw Problems.malformed("The device key is neither Ed25519 nor P-256.");
    }
  }
}
