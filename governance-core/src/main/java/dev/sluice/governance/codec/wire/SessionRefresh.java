package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;

/// Asks for the next pair of tokens. A refresh token works once; presented again, it ends the whole
/// session.
public record SessionRefresh(@Sensitive String refreshToken) {
  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
