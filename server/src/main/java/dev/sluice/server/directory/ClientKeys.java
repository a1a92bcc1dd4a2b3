package dev.sluice.server.directory;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sluice.server.Problems;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Public keys that service identities prove themselves with (RFC 7523, private_key_jwt).
final class ClientKeys {

  private static final Duration LONGEST_ASSERTION = Duration.ofMinutes(5);
  private static final int SMALLEST_RSA = 2048;

  private ClientKeys() {}

  /// A public key fit to be kept, in its JSON form; empty for the empty text.
  static String checked(String text) {
    if (text.isEmpty()) {
      return "";
    }
    try {
      JWK key = JWK.parse(text);
      boolean fit =
          key instanceof ECKey || (key instanceof RSAKey rsa && rsa.size() >= SMALLEST_RSA);
      if (key.isPrivate() || !fit) {
        throw Problems.malformed(
            "\"publicKey\" is the public part of an RSA (2048 bits or more) or EC key as a JWK;"
                + " the private part stays with the agent or pipeline.");
      }
      return key.toPublicJWK().toJSONString();
    } catch (ParseException e) {
      throw Problems.malformed("\"publicKey\" is not a JWK.");
    }
  }

  /// Who a client assertion says it is; nothing of it is verified yet.
  static Optional<String> claimed(String assertion) {
    try {
      return Optional.ofNullable(SignedJWT.parse(assertion).getJWTClaimsSet().getSubject());
    } catch (ParseException e) {
      return Optional.empty();
    }
  }

  /// Whether an assertion was made by the key's holder, for this server, now.
  ///
  /// @param audiences what the assertion may be made out to
  /// @return its claims; empty when it does not hold
  static Optional<JWTClaimsSet> verify(
      String assertion, String id, String key, Set<String> audiences, Instant now) {
    try {
      JWK jwk = JWK.parse(key);
      Set<JWSAlgorithm> algorithms =
          jwk instanceof ECKey
              ? Set.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512)
              : Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.RS512);
      JWTClaimsSet claims =
          Jwts.processor(
                  new ImmutableJWKSet<SecurityContext>(new JWKSet(withoutId(jwk))),
                  algorithms,
                  new Jwts.Expected(id, audiences, Set.of("sub", "exp", "jti")),
                  now)
              .process(SignedJWT.parse(assertion), null);
      boolean holds =
          id.equals(claims.getSubject())
              && !claims
                  .getExpirationTime()
                  .toInstant()
                  .isAfter(now.plus(LONGEST_ASSERTION).plus(Jwts.SKEW));
      return holds ? Optional.of(claims) : Optional.empty();
    } catch (ParseException | BadJOSEException | JOSEException e) {
      return Optional.empty();
    }
  }

  /// A `kid` in the assertion must not decide whether the one registered key is tried.
  private static JWK withoutId(JWK key) throws ParseException {
    java.util.Map<String, Object> fields = key.toJSONObject();
    fields.remove("kid");
    fields.remove("use");
    fields.remove("alg");
    fields.remove("key_ops");
    return JWK.parse(fields);
  }
}
