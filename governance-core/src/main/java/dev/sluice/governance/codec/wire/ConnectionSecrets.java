package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;

/// The passwords of a connection's logins. They go to the server, are sealed there, and never come
/// back.
///
/// @param password of `user`, empty for a file
/// @param issuerPassword of `issuerUser`, empty when there is none
public record ConnectionSecrets(@Sensitive String password, @Sensitive String issuerPassword) {
  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
