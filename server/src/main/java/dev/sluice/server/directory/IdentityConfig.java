package dev.sluice.server.directory;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Whom a server believes. Local accounts and service identities need nothing of this.
///
/// @param resource this server's address as people and tokens name it, such as
///     `https://sluice.acme.test`; empty for the address it listens on
/// @param providers identity providers that people sign in with
/// @param workloads issuers whose tokens agents and pipelines exchange
/// @param ownerAge an agent works for a provider's person only while that person was vouched for no
///     longer ago than this
public record IdentityConfig(
    Optional<URI> resource,
    List<Provider> providers,
    List<WorkloadIssuer> workloads,
    Duration ownerAge) {

  public IdentityConfig {
    providers = List.copyOf(providers);
    workloads = List.copyOf(workloads);
    resource.ifPresent(address -> checkAddress(address, "resource"));
    requireDistinct(providers.stream().map(Provider::id).toList());
    requireDistinct(workloads.stream().map(WorkloadIssuer::issuer).toList());
  }

  /// Local accounts and service identities only; an agent's owner must have signed in within twelve
  /// hours.
  public static IdentityConfig localOnly() {
    return new IdentityConfig(Optional.empty(), List.of(), List.of(), Duration.ofHours(12));
  }

  public IdentityConfig withProviders(List<Provider> others) {
    return new IdentityConfig(resource, others, workloads, ownerAge);
  }

  public IdentityConfig withWorkloads(List<WorkloadIssuer> others) {
    return new IdentityConfig(resource, providers, others, ownerAge);
  }

  /// An identity provider.
  ///
  /// @param id letters, digits and dashes; `local` is taken
  /// @param kind how the desktop talks to it
  /// @param label such as "Continue with Okta"
  /// @param issuer as its tokens name it
  /// @param clientId of the desktop, a public client
  /// @param tenant of Entra ID: tokens must carry it as `tid`; empty for others
  /// @param authority where Entra ID's sign-in lives; the issuer for others
  /// @param scopes asked for besides `openid profile email`; Okta gives refresh tokens only for
  ///     `offline_access`
  /// @param groups how groups are read
  /// @param roles product roles by the name of a group or an app role
  /// @param codeClientId another public client, with which people sign in by a code typed on
  ///     another device; such a sign-in alone never decides a request; empty where it is not
  ///     offered
  /// @param graph where Entra ID tells the groups that did not fit into a token
  /// @param ca certificates (PEM) to trust besides the platform's
  public record Provider(
      String id,
      Kind kind,
      String label,
      String issuer,
      String clientId,
      String tenant,
      URI authority,
      List<String> scopes,
      Groups groups,
      Map<String, Set<String>> roles,
      String codeClientId,
      Optional<Graph> graph,
      Optional<Path> ca) {

    public Provider {
      scopes = List.copyOf(scopes);
      roles = new TreeMap<>(roles);
      if (!id.matches("[A-Za-z0-9-]{1,40}") || id.equals("local")) {
        throw new IllegalArgumentException(
            "An identity provider's id has letters, digits and dashes, and is not \"local\".");
      }
      if (clientId.isBlank() || label.isBlank()) {
        throw new IllegalArgumentException("An identity provider needs a client-id and a label.");
      }
      if (codeClientId.equals(clientId)) {
        throw new IllegalArgumentException(
            "Signing in with a code needs a client of its own: its tokens are not bound to the"
                + " device that asks, and must not be taken for those that are.");
      }
      checkAddress(URI.create(issuer), "issuer");
      checkAddress(authority, "authority");
      if ((kind == Kind.ENTRA) == tenant.isEmpty()) {
        throw new IllegalArgumentException(
            kind == Kind.ENTRA
                ? "Entra ID needs the tenant's id (a GUID), not a name or \"common\"."
                : "Only Entra ID has a tenant.");
      }
    }

    /// Any provider of OpenID Connect, such as Okta or Keycloak.
    public static Provider oidc(
        String id, String label, String issuer, String clientId, Groups groups) {
      return new Provider(
          id,
          Kind.OIDC,
          label,
          issuer,
          clientId,
          "",
          URI.create(issuer),
          List.of(),
          groups,
          Map.of(),
          "",
          Optional.empty(),
          Optional.empty());
    }

    /// The same, where people may also sign in with a code.
    public Provider withCodes(String client) {
      return new Provider(
          id, kind, label, issuer, clientId, tenant, authority, scopes, groups, roles, client,
          graph, ca);
    }

    public Provider withRoles(Map<String, Set<String>> others) {
      return new Provider(
          id,
          kind,
          label,
          issuer,
          clientId,
          tenant,
          authority,
          scopes,
          groups,
          others,
          codeClientId,
          graph,
          ca);
    }
  }

  /// How the desktop talks to a provider.
  public enum Kind {
    OIDC,
    ENTRA
  }

  /// Where groups stand.
  ///
  /// @param claim path of names with dots, such as `groups` or `realm_access.roles`; empty: this
  ///     provider's groups are not used
  /// @param rolesClaim app roles, such as `roles`; may be empty. They count as groups
  /// @param names of groups as policies write them, by what the provider calls them
  public record Groups(String claim, String rolesClaim, Map<String, String> names) {
    public Groups {
      names = new TreeMap<>(names);
    }

    public static Groups in(String claim) {
      return new Groups(claim, "", Map.of());
    }
  }

  /// Microsoft Graph, asked when somebody is in more groups than fit into a token.
  public record Graph(URI address, String clientId, @Sensitive String secret) {
    public Graph {
      checkAddress(address, "graph");
    }

    @Override
    public String toString() {
      return Redaction.describe(this);
    }
  }

  /// An issuer of tokens for programs: a CI system, or an identity provider's client credentials.
  ///
  /// @param id for the eye
  /// @param audience that its tokens must carry
  /// @param rules exactly one must fit a token
  public record WorkloadIssuer(
      String id, String issuer, String audience, List<WorkloadRule> rules, Optional<Path> ca) {
    public WorkloadIssuer {
      rules = List.copyOf(rules);
      checkAddress(URI.create(issuer), "issuer");
      if (audience.isBlank() || rules.isEmpty()) {
        throw new IllegalArgumentException(
            "An issuer of programs' tokens needs an audience and at least one entry under allow.");
      }
    }
  }

  /// Which tokens of an issuer are whom.
  ///
  /// @param kind `agent` or `pipeline`
  /// @param name for the eye
  /// @param owner the person an agent acts for; empty for a pipeline
  /// @param claims each must have one of these values, exactly
  /// @param groups as policies write them
  /// @param labels claims that become labels of the same name
  public record WorkloadRule(
      String kind,
      String name,
      String owner,
      Map<String, Set<String>> claims,
      Set<String> groups,
      List<String> labels) {
    public WorkloadRule {
      claims = new TreeMap<>(claims);
      groups = Set.copyOf(groups);
      labels = List.copyOf(labels);
      if (name.isBlank() || claims.isEmpty()) {
        throw new IllegalArgumentException(
            "An entry under allow needs a name and at least one claim; an issuer's whole world is"
                + " never allowed in.");
      }
      if (kind.equals("agent") == owner.isEmpty()) {
        throw new IllegalArgumentException(
            kind.equals("agent")
                ? "An agent acts for a person: name its owner."
                : "A pipeline acts for no person: it has no owner.");
      }
      if (!kind.equals("agent") && !kind.equals("pipeline")) {
        throw new IllegalArgumentException("kind is agent or pipeline, not " + kind + ".");
      }
    }
  }

  private static void requireDistinct(List<String> names) {
    if (Set.copyOf(names).size() != names.size()) {
      throw new IllegalArgumentException("Every id and issuer may stand there once.");
    }
  }

  private static void checkAddress(URI address, String what) {
    String host = String.valueOf(address.getHost());
    boolean here = Set.of("127.0.0.1", "localhost", "[::1]").contains(host);
    if (!"https".equals(address.getScheme()) && !("http".equals(address.getScheme()) && here)) {
      throw new IllegalArgumentException(
          what + ": an https address is needed (http only on this machine), not " + address + ".");
    }
  }
}
