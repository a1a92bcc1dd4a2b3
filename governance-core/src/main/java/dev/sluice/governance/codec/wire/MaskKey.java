package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;

/// A key for keyed masks, kept in memory only.
///
/// @param name as the policy writes it
/// @param key base64
public record MaskKey(String name, @Sensitive String key) {
  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
