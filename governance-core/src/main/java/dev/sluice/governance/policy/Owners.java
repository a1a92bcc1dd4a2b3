package dev.sluice.governance.policy;

import dev.sluice.governance.approval.ApproverRule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Who owns a connection, where a rule says `owner` instead of naming a group. The policy says it,
/// beside the connection's environment; a client's word counts for nothing.
public final class Owners {

  /// The word in a rule that stands for whoever owns the connection.
  static final String WORD = "owner";

  private Owners() {}

  /// The rule with the connection's owner in place of the word. Where the policy names no owner the
  /// word stays, and it names nobody: such a policy is not published in the first place.
  static ApproverRule resolve(PolicyBundle bundle, String connection, ApproverRule rule) {
    Optional<String> owner = of(bundle, connection);
    if (owner.isEmpty()) {
      return rule;
    }
    Set<String> people = new TreeSet<>();
    rule.anyOf().forEach(who -> people.add(named(who, owner.get())));
    return new ApproverRule(
        people,
        rule.quorum(),
        rule.decideWithin(),
        rule.useWithin(),
        rule.executions(),
        rule.escalation()
            .map(next -> new ApproverRule.Escalation(next.after(), named(next.to(), owner.get()))));
  }

  /// The combination of several rules for one connection.
  ///
  /// @param rules at least one
  static ApproverRule combine(PolicyBundle bundle, String connection, List<ApproverRule> rules) {
    return ApproverRules.combine(
        rules.stream().map(rule -> resolve(bundle, connection, rule)).toList());
  }

  /// `user:ann@acme.test` for an owner with an address, else `group:data-platform`.
  private static Optional<String> of(PolicyBundle bundle, String connection) {
    return bundle.connections().stream()
        .filter(known -> known.name().equals(connection))
        .map(PolicyBundle.GovernedConnection::owner)
        .filter(name -> !name.isBlank())
        .map(name -> (name.indexOf('@') >= 0 ? "user:" : "group:") + name)
        .findFirst();
  }

  private static String named(String who, String owner) {
    return who.equals(WORD) ? owner : who;
  }
}
