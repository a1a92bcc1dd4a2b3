package dev.sluice.server.policies;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.codec.wire.PolicyTestReport;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.EngineParts;
import dev.sluice.governance.policy.ParsedPolicy;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.policy.PolicyEngines;
import dev.sluice.governance.policy.PolicyParser;
import dev.sluice.governance.policy.PolicyProblem;
import dev.sluice.governance.policy.PolicyTests;
import dev.sluice.governance.policy.Proof;
import dev.sluice.governance.sql.AtSourceRewriter;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.server.ServerProblem;
import dev.sluice.server.Target;
import dev.sluice.server.Targets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Checks a policy before anybody is bound by it: that it can be read, that it is about columns
/// that exist, and that what it expects of itself holds on the real databases' schemas.
public final class PolicyReview {

  private final Targets targets;
  private final Catalogs catalogs;
  private final StatementAnalyzer analyzer;
  private final AtSourceRewriter rewriter;
  private final InstantSource clock;

  /// Reads the catalog of a connection.
  public interface Catalogs {
    /// @throws ServerProblem when it cannot be reached
    CatalogSnapshot catalog(String connection, boolean fresh);
  }

  public PolicyReview(
      Targets targets,
      Catalogs catalogs,
      StatementAnalyzer analyzer,
      AtSourceRewriter rewriter,
      InstantSource clock) {
    this.targets = targets;
    this.catalogs = catalogs;
    this.analyzer = analyzer;
    this.rewriter = rewriter;
    this.clock = clock;
  }

  /// Checks a document. Nothing is sent to any database but questions about its schema.
  public PolicyTestReport review(String yaml) {
    return switch (PolicyParser.parse(yaml, "policy.yaml")) {
      case ParsedPolicy.Problems problems ->
          new PolicyTestReport(false, words(problems.problems()), List.of(), List.of());
      case ParsedPolicy.Parsed parsed -> review(yaml, parsed.bundle());
    };
  }

  private PolicyTestReport review(String yaml, PolicyBundle bundle) {
    List<String> warnings = new ArrayList<>();
    Map<String, PolicyTests.Target> reachable = reachable(bundle, warnings);
    Map<String, CatalogSnapshot> known = new LinkedHashMap<>();
    reachable.forEach((name, target) -> known.put(name, target.catalog()));
    List<String> problems = new ArrayList<>();
    switch (PolicyParser.parse(yaml, "policy.yaml", known)) {
      case ParsedPolicy.Problems found -> problems.addAll(words(found.problems()));
      case ParsedPolicy.Parsed parsed -> warnings.addAll(words(parsed.warnings()));
    }
    List<PolicyTestReport.Test> tests = tests(bundle, reachable);
    boolean pass = tests.stream().allMatch(PolicyTestReport.Test::passed);
    return new PolicyTestReport(problems.isEmpty() && pass, problems, warnings, tests);
  }

  private List<PolicyTestReport.Test> tests(
      PolicyBundle bundle, Map<String, PolicyTests.Target> reachable) {
    return PolicyTests.run(
            bundle,
            PolicyEngines.of(
                bundle,
                EngineParts.none()
                    .withBudget((subject, column, day) -> Set.of())
                    .withRewriter(rewriter)),
            analyzer,
            reachable,
            clock.instant())
        .stream()
        .map(
            result ->
                new PolicyTestReport.Test(
                    result.test().line(),
                    result.passed(),
                    result.test().sql()
                        + " on "
                        + result.test().on()
                        + " expects "
                        + result.test().expect()
                        + result.test().rule().map(rule -> " by " + rule).orElse(""),
                    result.got(),
                    result.proof().map(Proof::reason).orElse("")))
        .toList();
  }

  /// The connections of the policy with their schemas, as far as they can be reached.
  Map<String, PolicyTests.Target> reachable(PolicyBundle bundle, List<String> warnings) {
    Map<String, PolicyTests.Target> reachable = new LinkedHashMap<>();
    for (PolicyBundle.GovernedConnection governed : bundle.connections()) {
      Target target = targets.find(governed.name()).orElse(null);
      if (target == null) {
        warnings.add(
            "The server has no connection "
                + governed.name()
                + ": what the policy says of it was not checked.");
        continue;
      }
      try {
        CatalogSnapshot catalog = catalogs.catalog(governed.name(), true);
        ConnectionContext context = target.context();
        reachable.put(
            governed.name(),
            new PolicyTests.Target(
                new ConnectionContext(
                    context.name(),
                    governed.environment(),
                    context.engine(),
                    context.ring(),
                    context.labels()),
                catalog));
      } catch (ServerProblem e) {
        warnings.add(
            "The database of "
                + governed.name()
                + " cannot be reached: what the policy says of it was not checked.");
      }
    }
    return reachable;
  }

  private static List<String> words(List<PolicyProblem> problems) {
    return problems.stream().map(PolicyProblem::toString).toList();
  }
}
