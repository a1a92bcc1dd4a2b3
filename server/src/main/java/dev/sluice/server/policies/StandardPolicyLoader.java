package dev.sluice.server.policies;

import dev.sluice.governance.policy.Classifications;
import dev.sluice.governance.policy.EngineParts;
import dev.sluice.governance.policy.EqualityBudget;
import dev.sluice.governance.policy.ParsedPolicy;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.policy.PolicyEngines;
import dev.sluice.governance.policy.PolicyParser;
import dev.sluice.governance.policy.PolicyProblem;
import dev.sluice.governance.sql.AtSourceRewriter;
import dev.sluice.governance.sql.ParserWorker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Reads bundles with the core.
public final class StandardPolicyLoader implements PolicyLoader {

  private static final int SHOWN = 5;

  private final AtSourceRewriter rewriter;

  public StandardPolicyLoader(ParserWorker worker) {
    this.rewriter = AtSourceRewriter.standard(worker);
  }

  @Override
  public Loaded load(String yaml, EqualityBudget budget) throws Unreadable {
    return switch (PolicyParser.parse(yaml, "policy.yaml")) {
      case ParsedPolicy.Parsed parsed -> loaded(parsed.bundle(), budget);
      case ParsedPolicy.Problems problems ->
          throw new Unreadable(
              problems.problems().stream()
                  .limit(SHOWN)
                  .map(PolicyProblem::toString)
                  .collect(Collectors.joining(" ")));
    };
  }

  private Loaded loaded(PolicyBundle bundle, EqualityBudget budget) {
    Map<String, Classifications> byConnection = new ConcurrentHashMap<>();
    return new Loaded(
        bundle.version(),
        bundle.expires(),
        PolicyEngines.of(bundle, EngineParts.none().withBudget(budget).withRewriter(rewriter)),
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
                    (first, second) -> first)),
        bundle);
  }
}
