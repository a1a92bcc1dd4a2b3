package dev.sluice.server.directory;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.server.Problems;
import dev.sluice.server.directory.IdentityConfig.Kind;
import dev.sluice.server.directory.IdentityConfig.Provider;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Who the claims of a verified token are about. A groups claim that is configured and not there
/// means that the groups are unknown, never that there are none: then nobody is let in.
final class PersonClaims {

  private final Provider provider;
  private final Optional<GraphGroups> graph;

  private PersonClaims(Provider provider, Optional<GraphGroups> graph) {
    this.provider = provider;
    this.graph = graph;
  }

  static PersonClaims of(Provider provider) {
    return new PersonClaims(
        provider, provider.graph().map(graph -> new GraphGroups(provider, graph)));
  }

  Actor.Person person(JWTClaimsSet claims) {
    Set<String> named = new TreeSet<>();
    groups(claims)
        .forEach(group -> named.add(provider.groups().names().getOrDefault(group, group)));
    if (!provider.groups().rolesClaim().isEmpty()) {
      // App roles that nobody was given are left out of a token: here absent does mean none.
      named.addAll(texts(at(claims, provider.groups().rolesClaim())).orElse(Set.of()));
    }
    Set<String> roles = new TreeSet<>();
    named.forEach(name -> roles.addAll(provider.roles().getOrDefault(name, Set.of())));
    String subject = subject(claims);
    String email = text(claims, "email");
    return new Actor.Person(
        new Principal(
            claims.getIssuer(),
            subject,
            email.isEmpty() ? null : email,
            displayName(claims, subject),
            named,
            roles));
  }

  /// Entra ID's `sub` differs from application to application: there the object id is the person.
  private String subject(JWTClaimsSet claims) {
    String subject = provider.kind() == Kind.ENTRA ? text(claims, "oid") : claims.getSubject();
    if (subject == null || subject.isBlank()) {
      throw Problems.tokenRefused("It does not say who you are.");
    }
    return subject;
  }

  private static String displayName(JWTClaimsSet claims, String subject) {
    for (String claim : new String[] {"name", "preferred_username", "email"}) {
      String name = text(claims, claim);
      if (!name.isBlank()) {
        return name;
      }
    }
    return subject;
  }

  private Set<String> groups(JWTClaimsSet claims) {
    String claim = provider.groups().claim();
    if (claim.isEmpty()) {
      return Set.of();
    }
    Optional<Set<String>> said = texts(at(claims, claim));
    if (said.isPresent()) {
      return said.get();
    }
    boolean tooMany =
        Boolean.TRUE.equals(claims.getClaim("hasgroups"))
            || (claims.getClaim("_claim_names") instanceof Map<?, ?> names
                && names.containsKey(claim));
    if (tooMany && provider.kind() == Kind.ENTRA) {
      return graph
          .orElseThrow(
              () ->
                  Problems.groupsUnknown(
                      "You are in more groups than fit into a token, and the server may not ask"
                          + " Microsoft Graph for them.",
                      "A server administrator gives the configuration a graph section, or the"
                          + " application sends only groups assigned to it."))
          .of(subject(claims));
    }
    throw Problems.groupsUnknown(
        "The identity provider does not say which groups you are in.",
        "A server administrator adds the claim \"" + claim + "\" to the ID tokens there.");
  }

  private static Object at(JWTClaimsSet claims, String path) {
    Object found = claims.getClaim(path);
    if (found != null || !path.contains(".")) {
      return found == null ? "" : found;
    }
    Object here = claims.getClaims();
    for (String step : path.split("\\.")) {
      here = here instanceof Map<?, ?> map && map.get(step) != null ? map.get(step) : "";
    }
    return here;
  }

  private static Optional<Set<String>> texts(Object claim) {
    if (claim instanceof Collection<?> items) {
      Set<String> texts = new TreeSet<>();
      items.forEach(item -> texts.add(String.valueOf(item)));
      return Optional.of(texts);
    }
    return claim instanceof String text && !text.isEmpty()
        ? Optional.of(Set.of(text))
        : Optional.empty();
  }

  private static String text(JWTClaimsSet claims, String name) {
    return claims.getClaim(name) instanceof String text ? text : "";
  }
}
