package dev.sluice.server.directory;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sluice.governance.codec.wire.TokenSignIn;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.Problems;
import dev.sluice.server.directory.IdentityConfig.Kind;
import dev.sluice.server.directory.IdentityConfig.Provider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Verifies the ID tokens of the configured identity providers. A token is taken once, at most five
/// minutes after it was issued, and for signing in only with the nonce of the device that presents
/// it; the client for signing in with a code, which knows no nonce, is another one.
public final class IdTokens {

  /// How old a token may be when it is presented.
  static final Duration OLDEST = Duration.ofMinutes(5);

  private static final int SHORTEST_SALT = 16;

  private final Map<String, Provider> providers = new LinkedHashMap<>();
  private final Map<String, TrustedIssuer> issuers = new LinkedHashMap<>();
  private final Map<String, PersonClaims> people = new LinkedHashMap<>();
  private final UsedTokens used;
  private final InstantSource clock;

  public IdTokens(List<Provider> configured, UsedTokens used, InstantSource clock) {
    this.used = used;
    this.clock = clock;
    for (Provider provider : configured) {
      String discovery =
          provider.kind() == Kind.ENTRA
              ? provider.authority() + "/" + provider.tenant() + "/v2.0"
              : provider.issuer();
      providers.put(provider.id(), provider);
      issuers.put(provider.id(), new TrustedIssuer(provider.issuer(), discovery, provider.ca()));
      people.put(provider.id(), PersonClaims.of(provider));
    }
  }

  /// Somebody a provider vouches for.
  ///
  /// @param authenticatedAt when they showed in person who they are; [Instant#EPOCH] when the
  ///     provider does not say
  public record Vouched(Actor.Person person, Instant authenticatedAt) {}

  /// The providers, in the order of the configuration.
  public List<Provider> providers() {
    return List.copyOf(providers.values());
  }

  /// Takes a token for a new session.
  ///
  /// @throws dev.sluice.server.ServerProblem `token-refused`, `token-replayed`,
  ///     `provider-unreachable`
  public Vouched signIn(TokenSignIn wanted) {
    Provider provider = provider(wanted.provider());
    Token token = verified(provider, wanted.idToken(), clients(provider));
    String nonce = token.text("nonce");
    if (!token.byCode()) {
      checkNonce(nonce, wanted.salt(), wanted.deviceKey());
    }
    Vouched vouched = vouched(provider, token);
    takeOnce(token, nonce);
    return vouched;
  }

  /// Takes a token for going on with a session.
  public Vouched renew(Session session, String idToken) {
    Provider provider = provider(session.provider());
    Token token = verified(provider, idToken, clients(provider));
    Vouched vouched = samePerson(session, vouched(provider, token));
    takeOnce(token, "");
    return vouched;
  }

  /// Takes a token that shows anew who somebody is.
  ///
  /// @param deviceKey of the session, base64
  public Vouched fresh(Session session, String idToken, String salt, String deviceKey) {
    Provider provider = provider(session.provider());
    Token token = verified(provider, idToken, Set.of(provider.clientId()));
    String nonce = token.text("nonce");
    checkNonce(nonce, salt, deviceKey);
    Vouched vouched = samePerson(session, vouched(provider, token));
    if (vouched.authenticatedAt().equals(Instant.EPOCH)) {
      throw Problems.tokenRefused("The provider does not say when you signed in (auth_time).");
    }
    takeOnce(token, nonce);
    return vouched;
  }

  private Provider provider(String id) {
    Provider provider = providers.get(id);
    if (provider == null) {
      throw Problems.tokenRefused("This server does not know that identity provider.");
    }
    return provider;
  }

  private static Set<String> clients(Provider provider) {
    return provider.codeClientId().isEmpty()
        ? Set.of(provider.clientId())
        : Set.of(provider.clientId(), provider.codeClientId());
  }

  /// @param byCode of the client for signing in with a code
  private record Token(SignedJWT jwt, JWTClaimsSet claims, boolean byCode) {
    String text(String claim) {
      return claims.getClaim(claim) instanceof String text ? text : "";
    }
  }

  /// @param clients of the provider, one of which it must be made out to, and only to that
  private Token verified(Provider provider, String text, Set<String> clients) {
    SignedJWT jwt = parse(text);
    TrustedIssuer issuer = issuers.get(provider.id());
    if (issuer == null) {
      throw Problems.tokenRefused("This server does not know that identity provider.");
    }
    Instant now = clock.instant();
    JWTClaimsSet claims =
        issuer.verify(
            jwt, new Jwts.Expected(provider.issuer(), clients, Set.of("sub", "iat", "exp")), now);
    String party = claims.getClaim("azp") instanceof String named ? named : "";
    String client =
        party.isEmpty() && claims.getAudience().size() == 1
            ? claims.getAudience().getFirst()
            : party;
    if (!clients.contains(client) || !claims.getAudience().contains(client)) {
      throw Problems.tokenRefused("It was made out to somebody else.");
    }
    Token token = new Token(jwt, claims, !client.equals(provider.clientId()));
    Instant issued = claims.getIssueTime().toInstant();
    if (issued.isBefore(now.minus(OLDEST).minus(Jwts.SKEW))
        || issued.isAfter(now.plus(Jwts.SKEW))) {
      throw Problems.tokenRefused("It was issued more than five minutes ago, or in the future.");
    }
    if ("Bearer".equalsIgnoreCase(token.text("typ"))) {
      throw Problems.tokenRefused("It is an access token; an ID token is needed.");
    }
    if (provider.kind() == Kind.ENTRA && !provider.tenant().equals(token.text("tid"))) {
      throw Problems.tokenRefused("It is of another tenant.");
    }
    return token;
  }

  private static SignedJWT parse(String text) {
    try {
      if (text.length() <= Jwts.LARGEST) {
        return SignedJWT.parse(text);
      }
    } catch (ParseException e) {
      // Said below.
    }
    throw Problems.tokenRefused("It is not a signed token.");
  }

  private static void checkNonce(String nonce, String salt, String deviceKey) {
    byte[] expected = TokenSignIn.nonce(salt, deviceKey).getBytes(StandardCharsets.US_ASCII);
    if (salt.length() < SHORTEST_SALT
        || !MessageDigest.isEqual(expected, nonce.getBytes(StandardCharsets.UTF_8))) {
      throw Problems.tokenRefused("It was not issued for a sign-in by this device.");
    }
  }

  private Vouched vouched(Provider provider, Token token) {
    PersonClaims claims = people.get(provider.id());
    if (claims == null) {
      throw Problems.tokenRefused("This server does not know that identity provider.");
    }
    Instant at = Instant.EPOCH;
    if (token.claims().getClaim("auth_time") instanceof Number seconds) {
      Instant said = Instant.ofEpochSecond(seconds.longValue());
      at = said.isAfter(clock.instant().plus(Jwts.SKEW)) ? Instant.EPOCH : said;
    }
    // Whoever typed a code may have typed somebody else's: never good enough to decide a request.
    return new Vouched(claims.person(token.claims()), token.byCode() ? Instant.EPOCH : at);
  }

  private static Vouched samePerson(Session session, Vouched vouched) {
    if (!vouched.person().principal().isSameAs(session.actor().principal())) {
      throw Problems.tokenRefused("It is somebody else's.");
    }
    return vouched;
  }

  private void takeOnce(Token token, String nonce) {
    List<String> marks = new ArrayList<>(Marks.of(token.jwt(), token.claims()));
    if (!nonce.isEmpty()) {
      marks.add("nonce|" + nonce);
    }
    if (!used.first(marks, clock.instant().plus(OLDEST.multipliedBy(3)))) {
      throw Problems.tokenReplayed();
    }
  }
}
