package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.DeviceProof;
import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;

/// Exchanges an identity provider's ID token for a session. The token's nonce must be [#nonce]: so
/// it is of no use to another device, and of no use twice.
///
/// @param provider its id
/// @param idToken as the provider gave it
/// @param salt random, at least 16 characters; empty where the way of signing in has no nonce
/// @param deviceKey X.509 of the key that will prove every request, base64
/// @param client such as `workbench 1.0.0`
public record TokenSignIn(
    String provider, @Sensitive String idToken, String salt, String deviceKey, String client) {

  /// The nonce to sign in with at the provider.
  public static String nonce(String salt, String deviceKey) {
    return DeviceProof.digest(salt + "." + deviceKey);
  }

  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
