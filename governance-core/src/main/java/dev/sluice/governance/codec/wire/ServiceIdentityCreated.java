package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;

/// A new service identity with its secret, which is shown this once; empty when it proves itself
/// with a key.
public record ServiceIdentityCreated(ServiceIdentity identity, @Sensitive String secret) {
  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
