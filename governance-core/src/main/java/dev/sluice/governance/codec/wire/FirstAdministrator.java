package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;

/// Makes the first account of a new server, with the token that `sluice server init` printed. It
/// becomes server and policy administrator; the token is used up.
///
/// @param password at least twelve characters
public record FirstAdministrator(
    @Sensitive String token,
    String account,
    String displayName,
    String email,
    @Sensitive String password) {
  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
