package dev.sluice.governance.policy;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.policy.PolicyBundle.PolicyTest;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Runs the expectations that a policy holds about itself. Decides only; nothing is sent anywhere.
public final class PolicyTests {

  private PolicyTests() {}

  /// Where a connection of the policy leads.
  public record Target(ConnectionContext connection, CatalogSnapshot catalog) {}

  /// @param passed the expectation holds
  /// @param got what was decided, or why nothing could be
  /// @param proof of the decision, empty when there was none
  public record Result(PolicyTest test, boolean passed, String got, Optional<Proof> proof) {

    /// One line for people: what was expected and what came.
    @Override
    public String toString() {
      return "line "
          + test.line()
          + ": "
          + test.sql()
          + " on "
          + test.on()
          + " expected "
          + test.expect()
          + test.rule().map(rule -> " by " + rule).orElse("")
          + ", got "
          + got;
    }
  }

  /// @param targets by connection name; a test on a connection that is not here fails
  /// @param at the instant to decide for
  public static List<Result> run(
      PolicyBundle bundle,
      PolicyEngine engine,
      StatementAnalyzer analyzer,
      Map<String, Target> targets,
      Instant at) {
    List<Result> results = new ArrayList<>();
    for (PolicyTest test : bundle.tests()) {
      Target target = targets.get(test.on());
      results.add(
          target == null
              ? new Result(
                  test, false, "nothing: the connection is not available", Optional.empty())
              : run(bundle, engine, analyzer, target, test, at));
    }
    return results;
  }

  private static Result run(
      PolicyBundle bundle,
      PolicyEngine engine,
      StatementAnalyzer analyzer,
      Target target,
      PolicyTest test,
      Instant at) {
    CatalogSnapshot catalog = target.catalog().withFunctions(bundle.functions());
    StatementAnalysis analysis =
        analyzer.analyze(StatementText.of(test.sql()), target.connection().engine(), catalog);
    Decision decision =
        engine.decide(
            new DecisionRequest(
                analysis,
                catalog,
                actor(test),
                target.connection(),
                at,
                "policy-test",
                "",
                false,
                0,
                List.of(),
                Optional.empty()));
    boolean passed =
        decision.word().equals(test.expect())
            && test.rule().map(rule -> decision.proof().rule().equals(rule)).orElse(true);
    return new Result(
        test,
        passed,
        decision.word() + " by " + decision.proof().rule(),
        Optional.of(decision.proof()));
  }

  private static Actor actor(PolicyTest test) {
    Set<String> groups = new TreeSet<>(test.groups());
    Principal person =
        new Principal("policy-test", test.subject(), null, test.subject(), groups, Set.of());
    return switch (test.actorKind()) {
      case "person" -> new Actor.Person(person, test.labels());
      case "pipeline" -> new Actor.Pipeline(person, test.labels());
      default ->
          new Actor.Agent(
              new Principal("policy-test", "agent", null, "agent", Set.of(), Set.of()),
              person,
              test.labels());
    };
  }
}
