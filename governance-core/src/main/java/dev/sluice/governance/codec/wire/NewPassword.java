package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;

/// A new password for a local account.
///
/// @param password at least twelve characters
public record NewPassword(@Sensitive String password) {
  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
