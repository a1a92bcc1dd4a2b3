package dev.sluice.gateway.decision;

import dev.sluice.governance.discovery.Proposal;
import dev.sluice.governance.policy.ColumnSights;
import dev.sluice.governance.policy.EngineParts;
import dev.sluice.governance.policy.ParsedPolicy;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.policy.PolicyEngine;
import dev.sluice.governance.policy.PolicyEngines;
import dev.sluice.governance.policy.PolicyParser;
import dev.sluice.governance.policy.PolicyProblem;
import java.util.List;
import java.util.stream.Collectors;

/// A policy ready to decide.
///
/// @param bundle as written
/// @param engine decides by it
/// @param sights tells which columns it classifies
public record ReadyPolicy(PolicyBundle bundle, PolicyEngine engine, ColumnSights sights) {

  /// Reads a policy text.
  ///
  /// @param source name of the text, for the places of problems
  /// @param parts what the engine may use besides the bundle
  /// @throws Unreadable naming file, line and column of everything that is wrong with it
  public static ReadyPolicy read(String text, String source, EngineParts parts) throws Unreadable {
    return switch (PolicyParser.parse(text, source)) {
      case ParsedPolicy.Parsed(PolicyBundle bundle, List<PolicyProblem> warnings) ->
          of(bundle, parts);
      case ParsedPolicy.Problems(List<PolicyProblem> problems) ->
          throw new Unreadable(
              problems.stream().map(PolicyProblem::toString).collect(Collectors.joining("\n")));
    };
  }

  private static ReadyPolicy of(PolicyBundle bundle, EngineParts parts) {
    return new ReadyPolicy(bundle, PolicyEngines.of(bundle, parts), ColumnSights.of(bundle, parts));
  }

  /// The same policy, with what discovery is sure of on a connection hidden until somebody decides.
  ///
  /// @param parts those that this policy was read with
  public ReadyPolicy withDiscovered(List<Proposal> found, String connection, EngineParts parts) {
    return of(bundle, parts.withDiscovered(found, connection));
  }

  /// The text is not a policy.
  public static final class Unreadable extends Exception {
    Unreadable(String message) {
      super(message);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }
}
