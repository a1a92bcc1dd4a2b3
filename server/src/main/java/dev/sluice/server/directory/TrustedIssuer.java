package dev.sluice.server.directory;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.sluice.server.Problems;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An issuer of tokens, with its keys: found by discovery at first use, kept, fetched again when a
/// token names an unknown one (but not more often than every half minute), and used for four hours
/// more when the issuer cannot be reached.
final class TrustedIssuer {

  private static final int PATIENCE = 5_000;
  private static final int LARGEST_ANSWER = 512 * 1024;
  private static final Duration KEYS_KEPT = Duration.ofMinutes(10);
  private static final Duration OUTAGE = Duration.ofHours(4);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final String issuer;
  private final String discovery;
  private final DefaultResourceRetriever retriever;
  private volatile @Nullable JWKSource<SecurityContext> keys;
  private volatile long nextTry;

  /// @param discovery the issuer's own address, or where its discovery document stands instead
  /// @param ca certificates to trust besides the platform's
  TrustedIssuer(String issuer, String discovery, Optional<Path> ca) {
    this.issuer = issuer;
    this.discovery = discovery;
    this.retriever =
        ca.isEmpty()
            ? new DefaultResourceRetriever(PATIENCE, PATIENCE, LARGEST_ANSWER)
            : new DefaultResourceRetriever(
                PATIENCE, PATIENCE, LARGEST_ANSWER, true, PrivateTrust.sockets(ca.get()));
  }

  String issuer() {
    return issuer;
  }

  /// The claims of a token, its signature, issuer, audience and times checked.
  ///
  /// @throws dev.sluice.server.ServerProblem `token-refused`, `provider-unreachable`
  JWTClaimsSet verify(SignedJWT token, Jwts.Expected expected, Instant now) {
    try {
      return Jwts.processor(keys(), Jwts.PUBLIC_KEY_ALGORITHMS, expected, now).process(token, null);
    } catch (BadJOSEException e) {
      // Nimbus' words name the claim or the algorithm, and for some the value: ours do not.
      throw Problems.tokenRefused(reason(e));
    } catch (KeySourceException e) {
      throw Problems.providerUnreachable(issuer);
    } catch (JOSEException e) {
      throw Problems.tokenRefused("Its signature cannot be checked.");
    }
  }

  private static String reason(BadJOSEException problem) {
    String words = String.valueOf(problem.getMessage());
    if (words.contains("Expired")) {
      return "It has expired.";
    } else if (words.contains("before use")) {
      return "It is not valid yet.";
    } else if (words.contains("audience")) {
      return "It was made out to somebody else.";
    } else if (words.contains("missing required claims")) {
      return "It lacks a claim that is needed.";
    }
    return "Its signature, its kind or its issuer is not one that this server trusts.";
  }

  private JWKSource<SecurityContext> keys() {
    JWKSource<SecurityContext> known = keys;
    return known == null ? discover() : known;
  }

  private synchronized JWKSource<SecurityContext> discover() {
    JWKSource<SecurityContext> known = keys;
    if (known != null) {
      return known;
    }
    if (System.nanoTime() - nextTry < 0 && nextTry != 0) {
      throw Problems.providerUnreachable(issuer);
    }
    try {
      OIDCProviderMetadata metadata =
          OIDCProviderMetadata.parse(
              retriever
                  .retrieveResource(
                      URI.create(discovery + "/.well-known/openid-configuration").toURL())
                  .getContent());
      if (!issuer.equals(metadata.getIssuer().getValue()) || metadata.getJWKSetURI() == null) {
        throw Problems.providerMisconfigured(issuer);
      }
      JWKSource<SecurityContext> found =
          JWKSourceBuilder.create(metadata.getJWKSetURI().toURL(), retriever)
              .cache(KEYS_KEPT.toMillis(), PATIENCE * 2L)
              .rateLimited(PAUSE.toMillis())
              .retrying(true)
              .outageTolerant(OUTAGE.toMillis())
              .build();
      keys = found;
      return found;
    } catch (IOException e) {
      nextTry = System.nanoTime() + Duration.ofSeconds(2).toNanos();
      throw Problems.providerUnreachable(issuer);
    } catch (ParseException e) {
      throw Problems.providerMisconfigured(issuer);
    }
  }
}
