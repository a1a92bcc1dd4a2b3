package dev.sluice.governance.policy;

import dev.sluice.governance.approval.ApproverRule;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.StatementAnalysis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/// What a person can do next, best first.
final class WaysOut {

  private final PolicyBundle bundle;
  private final BiPredicate<DecisionRequest, ConnectionContext> allowedOn;

  /// @param allowedOn whether the rules would allow a request on another connection
  WaysOut(PolicyBundle bundle, BiPredicate<DecisionRequest, ConnectionContext> allowedOn) {
    this.bundle = bundle;
    this.allowedOn = allowedOn;
  }

  List<WayOut> block(DecisionRequest request, Rule rule) {
    List<WayOut> ways = new ArrayList<>();
    StatementAnalysis analysis = request.analysis();
    boolean unfiltered =
        analysis.effects().stream()
            .anyMatch(
                effect ->
                    !effect.filtered()
                        && (effect.kind() == EffectKind.UPDATE
                            || effect.kind() == EffectKind.DELETE));
    if (unfiltered && rule.when().contains("filtered")) {
      ways.add(StatementFixes.addWhere(analysis));
    }
    if (analysis.limit().isEmpty() && rule.when().contains("statement.limit")) {
      StatementFixes.addLimit(analysis).ifPresent(ways::add);
    }
    ways.addAll(otherConnections(request));
    ways.add(new WayOut.Advice(owner(request, "This rule cannot be waived; talk to ")));
    return ways;
  }

  List<WayOut> noRule(DecisionRequest request) {
    List<WayOut> ways = new ArrayList<>(otherConnections(request));
    ways.add(new WayOut.Advice(owner(request, "If you need this, ask for a rule from ")));
    return ways;
  }

  List<WayOut> mask(DecisionRequest request, MaskingVerdict.Refused refused) {
    List<WayOut> ways = new ArrayList<>(StatementFixes.without(request.analysis(), refused));
    Optional<TagMask.Unmask> unmask =
        request.actor() instanceof Actor.Person
            ? new TagMasks(bundle.masks(), List.of()).forTag(refused.tag()).unmask()
            : Optional.empty();
    ways.add(
        new WayOut.Advice(
            unmask.isPresent()
                ? "Ask "
                    + ApproverRules.inWords(
                        Owners.resolve(
                            bundle, request.connection().name(), unmask.get().approvers()))
                    + " to lift the mask of "
                    + refused.column().dotted()
                    + " for you, for "
                    + Durations.inWords(unmask.get().maxDuration())
                    + " at most."
                : owner(request, "To see or use it unmasked, ask for an exemption from ")));
    return ways;
  }

  List<WayOut> approval(DecisionRequest request, ApproverRule approvers) {
    List<WayOut> ways = new ArrayList<>();
    ways.add(
        new WayOut.AskApproval(
            "Ask "
                + ApproverRules.inWords(approvers)
                + "; they have "
                + Durations.inWords(approvers.decideWithin())
                + " to decide",
            approvers));
    ways.addAll(otherConnections(request));
    return ways;
  }

  List<WayOut> notUnderstood(List<Refusal> refusals) {
    List<WayOut> ways =
        new ArrayList<>(
            refusals.stream()
                .map(Refusal::wayOut)
                .filter(way -> !way.isBlank())
                .distinct()
                .map(WayOut.Advice::new)
                .toList());
    if (ways.isEmpty()) {
      ways.add(new WayOut.Advice("Write it in a simpler form, one statement at a time."));
    }
    return ways;
  }

  private List<WayOut> otherConnections(DecisionRequest request) {
    List<WayOut> ways = new ArrayList<>();
    ConnectionContext here = request.connection();
    for (PolicyBundle.GovernedConnection other : bundle.connections()) {
      ConnectionContext there =
          new ConnectionContext(
              other.name(), other.environment(), here.engine(), here.ring(), here.labels());
      if (!other.name().equals(here.name())
          && !Environments.isProduction(other.environment())
          && allowedOn.test(request, there)) {
        ways.add(
            new WayOut.OtherConnection(
                "Run it on " + other.name() + " (" + other.environment() + ")", other.name()));
      }
    }
    return ways;
  }

  private String owner(DecisionRequest request, String words) {
    return words
        + bundle.connections().stream()
            .filter(known -> known.name().equals(request.connection().name()))
            .map(PolicyBundle.GovernedConnection::owner)
            .filter(name -> !name.isBlank())
            .findFirst()
            .orElse("the owner of the policy")
        + ".";
  }

  static Span end(StatementAnalysis analysis) {
    int length = analysis.statement().text().length();
    return new Span(length, length);
  }
}
