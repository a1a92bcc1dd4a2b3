package dev.sluice.server;

import dev.sluice.server.directory.IdentityConfig;
import dev.sluice.server.directory.IdentityConfig.Graph;
import dev.sluice.server.directory.IdentityConfig.Groups;
import dev.sluice.server.directory.IdentityConfig.Kind;
import dev.sluice.server.directory.IdentityConfig.Provider;
import dev.sluice.server.directory.IdentityConfig.WorkloadIssuer;
import dev.sluice.server.directory.IdentityConfig.WorkloadRule;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The part of the configuration that says whom the server believes.
///
/// ```yaml
/// identity:
///   resource: https://sluice.acme.test
///   fresh-sign-in: 5m                # who decides a request signed in no longer ago than this
///   agent-owner-age: 12h
///   providers:
///     - {id: okta, kind: oidc, label: Continue with Okta, issuer: https://acme.okta.com,
///        client-id: 0oa1, groups-claim: groups, roles: {sluice-admins: [server-admin]}}
///     - {id: entra, kind: entra, label: Continue with Microsoft, tenant: GUID, client-id: GUID,
///        groups-claim: groups, app-roles-claim: roles, group-names: {GUID: data-owners},
///        graph: {client-id: GUID, secret-env: GRAPH_SECRET}}
///   workloads:
///     - id: github
///       issuer: https://token.actions.githubusercontent.com
///       audience: https://sluice.acme.test
///       allow:
///         - {name: migrations, kind: pipeline, groups: [ci], labels: [repository, ref, workflow],
///            claims: {repository: acme/shop, ref: refs/heads/main}}
/// ```
final class IdentitySection {

  private IdentitySection() {}

  static IdentityConfig read(ConfigSection fields, Path folder, Map<String, String> environment)
      throws ServerConfigFile.Unreadable {
    IdentityConfig base = IdentityConfig.localOnly();
    List<Provider> providers = new ArrayList<>();
    for (ConfigSection provider : fields.sections("providers")) {
      providers.add(provider.checked(section -> provider(section, folder, environment)));
      provider.nothingElse();
    }
    List<WorkloadIssuer> workloads = new ArrayList<>();
    for (ConfigSection workload : fields.sections("workloads")) {
      workloads.add(workload.checked(section -> workload(section, folder)));
      workload.nothingElse();
    }
    return fields.checked(
        section ->
            new IdentityConfig(
                address(section.text("resource", "")),
                providers,
                workloads,
                section.duration("agent-owner-age", base.ownerAge())));
  }

  static Timings timings(ConfigSection fields, Timings base) throws ServerConfigFile.Unreadable {
    return new Timings(
        base.lease(),
        fields.duration("fresh-sign-in", base.freshSignIn()),
        base.catalog(),
        base.sweep());
  }

  private static Provider provider(
      ConfigSection fields, Path folder, Map<String, String> environment)
      throws ServerConfigFile.Unreadable {
    String word = fields.text("kind", "oidc");
    Kind kind =
        switch (word) {
          case "oidc" -> Kind.OIDC;
          case "entra" -> Kind.ENTRA;
          default -> throw fields.problem("kind", "oidc or entra, not " + word);
        };
    String tenant = kind == Kind.ENTRA ? fields.text("tenant") : "";
    String authority =
        kind == Kind.ENTRA
            ? fields.text("authority", "https://login.microsoftonline.com")
            : fields.text("issuer");
    String issuer =
        kind == Kind.ENTRA ? fields.text("issuer", authority + "/" + tenant + "/v2.0") : authority;
    Map<String, String> names = new TreeMap<>();
    ConfigSection renamed = fields.section("group-names");
    for (String name : renamed.names()) {
      names.put(name, renamed.text(name));
    }
    Map<String, Set<String>> roles = fields.textsByName("roles");
    checkRoles(fields, roles);
    return new Provider(
        fields.text("id"),
        kind,
        fields.text("label"),
        issuer,
        fields.text("client-id"),
        tenant,
        URI.create(authority),
        fields.texts("scopes"),
        new Groups(fields.text("groups-claim", ""), fields.text("app-roles-claim", ""), names),
        roles,
        fields.text("code-client-id", ""),
        graph(fields.section("graph"), environment),
        file(fields, folder));
  }

  private static void checkRoles(ConfigSection fields, Map<String, Set<String>> roles)
      throws ServerConfigFile.Unreadable {
    Set<String> known = Set.of("analyst", "auditor", "policy-admin", "server-admin");
    for (Set<String> each : roles.values()) {
      if (!known.containsAll(each)) {
        throw fields.problem("roles", "analyst, auditor, policy-admin or server-admin");
      }
    }
  }

  private static Optional<Graph> graph(ConfigSection fields, Map<String, String> environment)
      throws ServerConfigFile.Unreadable {
    if (fields.names().isEmpty()) {
      return Optional.empty();
    }
    Graph graph =
        new Graph(
            URI.create(fields.text("address", "https://graph.microsoft.com")),
            fields.text("client-id"),
            fields.secret("secret-env", environment));
    fields.nothingElse();
    return Optional.of(graph);
  }

  private static WorkloadIssuer workload(ConfigSection fields, Path folder)
      throws ServerConfigFile.Unreadable {
    List<WorkloadRule> rules = new ArrayList<>();
    for (ConfigSection rule : fields.sections("allow")) {
      rules.add(
          rule.checked(
              section ->
                  new WorkloadRule(
                      section.text("kind", "pipeline"),
                      section.text("name"),
                      section.text("owner", ""),
                      section.textsByName("claims"),
                      Set.copyOf(section.texts("groups")),
                      section.texts("labels"))));
      rule.nothingElse();
    }
    return new WorkloadIssuer(
        fields.text("id"),
        fields.text("issuer"),
        fields.text("audience"),
        rules,
        file(fields, folder));
  }

  private static Optional<Path> file(ConfigSection fields, Path folder)
      throws ServerConfigFile.Unreadable {
    String name = fields.text("ca-file", "");
    return name.isEmpty() ? Optional.empty() : Optional.of(folder.resolve(name));
  }

  private static Optional<URI> address(String text) {
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text));
  }
}
