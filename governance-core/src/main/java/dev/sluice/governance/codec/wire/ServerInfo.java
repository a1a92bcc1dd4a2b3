package dev.sluice.governance.codec.wire;

import java.time.Instant;
import java.util.List;

/// What a server says of itself to anybody.
///
/// @param name for the eye
/// @param version of the software
/// @param time its clock
/// @param signIn ways in, in the order to show
/// @param policyKeys keys that sign policy bundles; a client pins them at first contact or before
/// @param logOrigin names the audit log
/// @param logKey X.509 of the key that signs checkpoints, base64
public record ServerInfo(
    String name,
    String version,
    Instant time,
    List<SignInMethod> signIn,
    List<VerifyingKey> policyKeys,
    String logOrigin,
    String logKey) {
  public ServerInfo {
    signIn = List.copyOf(signIn);
    policyKeys = List.copyOf(policyKeys);
  }

  /// @param id `local`, or an identity provider's id
  /// @param label such as "Continue with Okta"
  public record SignInMethod(String id, String label) {}

  /// @param id key id in a signature's header
  /// @param key X.509, base64
  public record VerifyingKey(String id, String key) {}
}
