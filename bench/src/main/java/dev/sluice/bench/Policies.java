package dev.sluice.bench;

import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.governance.policy.EngineParts;
import dev.sluice.governance.policy.PolicyEngines;

/// Policies of any size. Every rule but the first asks for things that the benchmark's statements
/// and person do not have, as most rules of a large company do not concern most statements.
final class Policies {

  private static final String HEAD =
      """
      version: 1
      connections: [{name: shop, environment: production, owner: bench}]
      classifications:
        - {tag: pii.email, columns: [customers.email, customer.c_email_address, people.email]}
        - {tag: finance.card, columns: [people.card]}
      masks:
        pii.email: {algorithm: email}
        finance.card: {algorithm: keep-last, count: 4}
      rules:
        - {id: read, when: '"analysts" in user.groups && statement.reads_only', effect: allow}
        - {id: change, when: statement.writes, effect: require-approval, approvers: {any-of: ["group:owners"], quorum: 1}}
      """;

  private static final String[] EFFECTS = {
    "DROP", "ALTER", "UPDATE", "DELETE", "INSERT", "GRANT", "READ"
  };

  private Policies() {}

  /// A policy of so many rules, warmed up.
  static ReadyPolicy of(int rules) {
    StringBuilder yaml = new StringBuilder(HEAD);
    for (int i = 2; i < rules; i++) {
      yaml.append("  - {id: r")
          .append(i)
          .append(", effect: ")
          .append(i % 3 == 0 ? "allow" : "block")
          .append(", when: 'connection.environment == \"production\" && \"team-")
          .append(i % 500)
          .append("\" in user.groups && statement.effects.exists(e, e.kind == \"")
          .append(EFFECTS[i % EFFECTS.length])
          .append("\") && \"public.t")
          .append(i)
          .append("\" in statement.tables'}\n");
    }
    try {
      ReadyPolicy policy = ReadyPolicy.read(yaml.toString(), "benchmark", EngineParts.none());
      PolicyEngines.warmUp(policy.engine(), 20);
      return policy;
    } catch (ReadyPolicy.Unreadable e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
