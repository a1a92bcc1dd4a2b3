package dev.sluice.server.directory;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.sluice.governance.codec.wire.BearerToken;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.Problems;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Gives bearer tokens to agents and pipelines that prove who they are: by secret, by key, or by a
/// token of an issuer the configuration trusts.
public final class TokenIssuer {

  private final ServiceIdentities services;
  private final ServiceSessions sessions;
  private final Workloads workloads;
  private final UsedTokens used;
  private final Supplier<URI> resource;
  private final InstantSource clock;

  /// @param resource this server's own address as its audience
  public TokenIssuer(
      ServiceIdentities services,
      ServiceSessions sessions,
      Workloads workloads,
      UsedTokens used,
      Supplier<URI> resource,
      InstantSource clock) {
    this.services = services;
    this.sessions = sessions;
    this.workloads = workloads;
    this.used = used;
    this.resource = resource;
    this.clock = clock;
  }

  /// What a token is asked for.
  ///
  /// @param resource RFC 8707; empty means all of this server
  /// @param sessionId of an earlier token, to go on with; may be empty
  public record Wish(String resource, String sessionId) {}

  /// @throws dev.sluice.server.ServerProblem `invalid_client`, `invalid_target`
  public BearerToken bySecret(String id, String secret, Wish wish) {
    String audience = audience(wish.resource());
    Actor actor = services.authenticate(id, secret).orElseThrow(Problems::invalidClient);
    return sessions.issue(actor, "", audience, wish.sessionId(), ServiceSessions.TOKEN_LIFE);
  }

  /// @param assertion a JWT signed with the identity's key (RFC 7523, section 2.2)
  public BearerToken byKey(String assertion, Wish wish) {
    String audience = audience(wish.resource());
    if (assertion.length() > Jwts.LARGEST) {
      throw Problems.invalidClient();
    }
    String id = ClientKeys.claimed(assertion).orElseThrow(Problems::invalidClient);
    String key = services.publicKey(id).orElseThrow(Problems::invalidClient);
    String base = resource.get().toString();
    JWTClaimsSet claims =
        ClientKeys.verify(assertion, id, key, Set.of(base, base + "/oauth/token"), clock.instant())
            .orElseThrow(Problems::invalidClient);
    boolean first =
        used.first(
            List.of("client|" + id + "|" + claims.getJWTID()),
            claims.getExpirationTime().toInstant().plus(Jwts.SKEW).plus(Jwts.SKEW));
    if (!first) {
      throw Problems.invalidClient();
    }
    Actor actor = services.proven(id).orElseThrow(Problems::invalidClient);
    return sessions.issue(actor, "", audience, wish.sessionId(), ServiceSessions.TOKEN_LIFE);
  }

  /// @param token a JWT of a trusted issuer (RFC 7523, section 2.1); works once
  public BearerToken byWorkload(String token, Wish wish) {
    String audience = audience(wish.resource());
    Workloads.Admitted admitted = workloads.admit(token);
    return sessions.issue(
        admitted.actor(),
        admitted.issuer(),
        audience,
        wish.sessionId(),
        ServiceSessions.TOKEN_LIFE);
  }

  /// A token for the whole server, or for one place on it: nothing else is ours to give.
  private String audience(String wanted) {
    String base = resource.get().toString();
    if (wanted.isEmpty() || wanted.equals(base) || wanted.equals(base + "/")) {
      return base;
    }
    Optional<String> place = placeOf(wanted, base);
    if (place.isEmpty()) {
      throw Problems.invalidTarget(base);
    }
    return wanted;
  }

  private static Optional<String> placeOf(String wanted, String base) {
    return wanted.startsWith(base + "/")
            && wanted.substring(base.length()).matches("(/[A-Za-z0-9_-]{1,40}){1,4}")
        ? Optional.of(wanted.substring(base.length()))
        : Optional.empty();
  }

  /// Whether a token for this audience may be used at a path of this server.
  public boolean isFor(String audience, String path) {
    String base = resource.get().toString();
    if (audience.equals(base)) {
      return true;
    }
    return placeOf(audience, base)
        .filter(place -> path.equals(place) || path.startsWith(place + "/"))
        .isPresent();
  }
}
