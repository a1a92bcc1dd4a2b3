package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;

/// Signs in with a local account.
///
/// @param account as the person types it
/// @param password never stored or logged
/// @param deviceKey X.509 of the key that will prove every request, base64
/// @param client such as `workbench 1.0.0`
public record PasswordSignIn(
    String account, @Sensitive String password, String deviceKey, String client) {
  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
