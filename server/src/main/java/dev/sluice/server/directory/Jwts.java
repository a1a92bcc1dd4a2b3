package dev.sluice.server.directory;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;

/// How every JWT is verified here: signed with a key that is already known, by an algorithm on the
/// list, for us, now. A key or a place of keys named in a token's own header is never used.
final class Jwts {

  /// How far clocks may be apart.
  static final Duration SKEW = Duration.ofSeconds(30);

  /// Only public-key signatures: with a shared-key algorithm on the list, a public key could be
  /// passed off as a secret.
  static final Set<JWSAlgorithm> PUBLIC_KEY_ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  /// Larger tokens are not even parsed.
  static final int LARGEST = 32 * 1024;

  private Jwts() {}

  /// @param issuer exactly
  /// @param audiences one of these must be among the token's
  /// @param required claims that must be there
  record Expected(String issuer, Set<String> audiences, Set<String> required) {}

  static DefaultJWTProcessor<SecurityContext> processor(
      JWKSource<SecurityContext> keys,
      Set<JWSAlgorithm> algorithms,
      Expected expected,
      Instant now) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            expected.audiences(),
            new JWTClaimsSet.Builder().issuer(expected.issuer()).build(),
            expected.required(),
            Set.of()) {
          @Override
          protected Date currentTime() {
            return Date.from(now);
          }
        };
    claims.setMaxClockSkew((int) SKEW.toSeconds());
    processor.setJWTClaimsSetVerifier(claims);
    return processor;
  }
}
