package dev.sluice.server.directory;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.server.Problems;
import dev.sluice.server.directory.IdentityConfig.WorkloadIssuer;
import dev.sluice.server.directory.IdentityConfig.WorkloadRule;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Agents and pipelines that somebody else vouches for: a CI system, or an identity provider's
/// client credentials. A token is admitted once, when it is fresh and fits exactly one entry of the
/// configuration.
public final class Workloads {

  private static final Duration OLDEST = Duration.ofMinutes(10);

  private final Map<String, WorkloadIssuer> configured = new LinkedHashMap<>();
  private final Map<String, TrustedIssuer> issuers = new LinkedHashMap<>();
  private final People people;
  private final UsedTokens used;
  private final InstantSource clock;

  public Workloads(
      List<WorkloadIssuer> config, People people, UsedTokens used, InstantSource clock) {
    this.people = people;
    this.used = used;
    this.clock = clock;
    for (WorkloadIssuer issuer : config) {
      configured.put(issuer.issuer(), issuer);
      issuers.put(
          issuer.issuer(), new TrustedIssuer(issuer.issuer(), issuer.issuer(), issuer.ca()));
    }
  }

  /// Who a token is.
  record Admitted(Actor actor, String issuer) {}

  /// @throws dev.sluice.server.ServerProblem when the token does not hold or fits no entry
  Admitted admit(String token) {
    SignedJWT jwt = parse(token);
    String name = issuerOf(jwt);
    WorkloadIssuer config = configured.get(name);
    TrustedIssuer issuer = issuers.get(name);
    if (config == null || issuer == null) {
      throw Problems.tokenRefused("This server does not trust its issuer.");
    }
    Instant now = clock.instant();
    JWTClaimsSet claims =
        issuer.verify(
            jwt,
            new Jwts.Expected(name, Set.of(config.audience()), Set.of("sub", "iat", "exp")),
            now);
    Instant issued = claims.getIssueTime().toInstant();
    if (issued.isAfter(now.plus(Jwts.SKEW)) || issued.isBefore(now.minus(OLDEST))) {
      throw Problems.tokenRefused("It was issued more than ten minutes ago, or in the future.");
    }
    WorkloadRule rule = onlyFit(config, claims);
    Actor actor = actor(rule, claims);
    if (!used.first(Marks.of(jwt, claims), claims.getExpirationTime().toInstant().plus(OLDEST))) {
      throw Problems.tokenReplayed();
    }
    return new Admitted(actor, config.id());
  }

  private static SignedJWT parse(String token) {
    try {
      if (token.length() <= Jwts.LARGEST) {
        return SignedJWT.parse(token);
      }
    } catch (ParseException e) {
      // Said below.
    }
    throw Problems.tokenRefused("It is not a signed token.");
  }

  private static String issuerOf(SignedJWT jwt) {
    try {
      return String.valueOf(jwt.getJWTClaimsSet().getIssuer());
    } catch (ParseException e) {
      throw Problems.tokenRefused("Its claims are not readable.");
    }
  }

  private static WorkloadRule onlyFit(WorkloadIssuer config, JWTClaimsSet claims) {
    List<WorkloadRule> fits = config.rules().stream().filter(rule -> fits(rule, claims)).toList();
    if (fits.size() > 1) {
      throw Problems.tokenRefused(
          "It fits several entries of the configuration: \""
              + fits.get(0).name()
              + "\" and \""
              + fits.get(1).name()
              + "\".");
    }
    if (fits.isEmpty()) {
      throw Problems.tokenRefused("No entry of this server's configuration allows its claims.");
    }
    return fits.getFirst();
  }

  private static boolean fits(WorkloadRule rule, JWTClaimsSet claims) {
    return rule.claims().entrySet().stream()
        .allMatch(
            wanted ->
                values(claims.getClaim(wanted.getKey())).stream()
                    .anyMatch(wanted.getValue()::contains));
  }

  private static List<String> values(Object claim) {
    return switch (claim) {
      case null -> List.of();
      case Collection<?> several -> new ArrayList<>(several.stream().map(String::valueOf).toList());
      case String text -> List.of(text);
      case Number number -> List.of(number.toString());
      case Boolean truth -> List.of(truth.toString());
      default -> List.of();
    };
  }

  private Actor actor(WorkloadRule rule, JWTClaimsSet claims) {
    Principal principal =
        new Principal(
            claims.getIssuer(), claims.getSubject(), null, rule.name(), rule.groups(), Set.of());
    Map<String, String> labels = new TreeMap<>();
    for (String label : rule.labels()) {
      values(claims.getClaim(label)).stream()
          .findFirst()
          .ifPresent(value -> labels.put(label, value));
    }
    if (rule.kind().equals("pipeline")) {
      return new Actor.Pipeline(principal, labels);
    }
    Optional<Principal> owner = people.owner(rule.owner());
    return new Actor.Agent(
        principal, owner.orElseThrow(() -> Problems.ownerAway(rule.name())), labels);
  }
}
