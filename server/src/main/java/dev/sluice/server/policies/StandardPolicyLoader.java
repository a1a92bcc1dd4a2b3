package dev.sluice.server.policies;

import dev.sluice.governance.policy.Classifications;
import dev.sluice.governance.policy.ParsedPolicy;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.policy.PolicyEngines;
import dev.sluice.governance.policy.PolicyParser;
import dev.sluice.governance.policy.PolicyProblem;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Reads bundles with the core.
public final class StandardPolicyLoader implements PolicyLoader {

  private static final int SHOWN = 5;

  @Override
  public Loaded load(String yaml) throws Unreadable {
    return switch (PolicyParser.parse(yaml, "policy.yaml")) {
      case ParsedPolicy.Parsed parsed -> loaded(parsed.bundle());
      case ParsedPolicy.Problems problems ->
          throw new Unreadable(
              problems.problems().stream()
                  .limit(SHOWN)
                  .map(PolicyProblem::toString)
                  .collect(Collectors.joining(" ")));
    };
  }

  private static Loaded loaded(PolicyBundle bundle) {
    Map<String, Classifications> byConnection = new ConcurrentHashMap<>();
    return new Loaded(
        bundle.version(),
        bundle.expires(),
        PolicyEngines.of(bundle),
        bundle.functions(),
        (connection, column) ->
            !byConnection
                .computeIfAbsent(connection, name -> Classifications.of(bundle, name))
                .tagsOf(column)
                .isEmpty(),
        bundle.connections().stream()
            .collect(
                Collectors.toMap(
                    PolicyBundle.GovernedConnection::name,
                    PolicyBundle.GovernedConnection::environment,
                    (first, second) -> first)));
  }
}
