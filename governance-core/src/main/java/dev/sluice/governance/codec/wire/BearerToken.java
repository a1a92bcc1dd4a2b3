package dev.sluice.governance.codec.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;

/// The answer of the token endpoint (RFC 6749, section 5.1).
///
/// @param accessToken goes into `Authorization: Bearer TOKEN`
/// @param tokenType always `Bearer`
/// @param expiresIn seconds, at most 600
/// @param sessionId names the session in records; sent back with the next token request, the new
///     token goes on with the same session and its leases
public record BearerToken(
    @JsonProperty("access_token") @Sensitive String accessToken,
    @JsonProperty("token_type") String tokenType,
    @JsonProperty("expires_in") long expiresIn,
    @JsonProperty("session_id") String sessionId) {
  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
