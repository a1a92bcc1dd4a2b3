package dev.sluice.gateway.remote;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.util.function.Supplier;

/// How an agent or a pipeline shows who it is.
public sealed interface ServiceCredentials {

  /// A service identity of the server itself.
  ///
  /// @param id its `client_id`
  record Secret(String id, @Sensitive String secret) implements ServiceCredentials {
    @Override
    public String toString() {
      return Redaction.describe(this);
    }
  }

  /// A token of an issuer that the server trusts, such as a CI system. Each works once, so a new
  /// one is asked for at every renewal.
  ///
  /// @param fresh gives a token that was not used before
  record IssuedToken(Supplier<String> fresh) implements ServiceCredentials {}
}
