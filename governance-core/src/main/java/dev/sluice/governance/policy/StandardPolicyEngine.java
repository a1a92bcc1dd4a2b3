package dev.sluice.governance.policy;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.masking.MaskingPlan;
import dev.sluice.governance.sql.StatementAnalysis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The engine. The order in which it asks decides which reason a person reads; every question can
/// only make the answer stricter:
///
/// 1. Is the policy itself in force, and is this connection governed by it?
/// 2. Did a condition fail? Then nothing is known: deny, naming the rule.
/// 3. Does a rule block? Its message says more than anything below.
/// 4. Is the statement understood? If not: deny, unless a rule that is about statements nobody
///    understands says that a human may be asked.
/// 5. Does any rule speak for it? If none: deny.
/// 6. Does masking allow it?
/// 7. Must a human be asked, or did one already say yes to exactly this?
final class StandardPolicyEngine implements PolicyEngine {

  private final PolicyBundle bundle;
  private final EngineParts parts;
  private final GovernedConnections connections;
  private final RuleSet rules;
  private final TagMasks masks;
  private final Map<String, ColumnTags> tagsByConnection = new HashMap<>();
  private final ColumnTags otherTags;
  private final DiscoveredColumns discovered;
  private final Exemptions exemptions;
  private final RowFilters rowFilters;
  private final WaysOut waysOut;
  private final Decisions decisions;
  private final ApprovalStep approval;

  StandardPolicyEngine(PolicyBundle bundle, EngineParts parts) {
    this.bundle = bundle;
    this.parts = parts;
    this.connections = new GovernedConnections(bundle.connections());
    this.rules = new RuleSet(bundle.rules());
    this.masks = new TagMasks(bundle.masks(), bundle.agents().masks());
    for (PolicyBundle.GovernedConnection connection : bundle.connections()) {
      tagsByConnection.put(connection.name(), tagsOn(connection.name()));
    }
    this.otherTags = tagsOn("");
    this.discovered = new DiscoveredColumns(bundle, parts.discovered());
    this.exemptions = new Exemptions(bundle.exemptions());
    this.rowFilters = new RowFilters(bundle.rowFilters());
    this.waysOut = new WaysOut(bundle, this::rulesAllow);
    this.decisions = new Decisions(bundle.version());
    this.approval = new ApprovalStep(decisions, waysOut, bundle);
  }

  private ColumnTags tagsOn(String connection) {
    return new ColumnTags(
        bundle.classifications(), connection, new ColumnTags(parts.proposals(), connection));
  }

  @Override
  public long policyVersion() {
    return bundle.version();
  }

  void warmUp(int most) {
    rules.warmUp(most);
    exemptions.warmUp();
    rowFilters.warmUp();
  }

  @Override
  public Decision decide(DecisionRequest request) {
    try {
      return decideInForce(request);
    } catch (RuntimeException e) {
      // Whatever went wrong, the answer is no; the class name is enough to find the place.
      return decisions.engineFailure(e);
    }
  }

  private Decision decideInForce(DecisionRequest asked) {
    Optional<ConnectionContext> governed = connections.find(asked.connection());
    if (governed.isEmpty()) {
      return decisions.unknownConnection(asked.connection().name());
    }
    ConnectionContext connection = governed.get();
    DecisionRequest request = GovernedConnections.on(asked, connection);
    boolean production = Environments.isProduction(connection.environment());
    if (production
        && bundle.expires().filter(expiry -> !request.at().isBefore(expiry)).isPresent()) {
      return decisions.policyStale();
    }
    Optional<String> missing = missingLabel(request.actor());
    if (missing.isPresent()) {
      return decisions.missingLabel(missing.get());
    }
    boolean observed = bundle.mode() == PolicyBundle.Mode.OBSERVE && !production;
    return decideByRules(request, connection, observed);
  }

  private Decision decideByRules(
      DecisionRequest request, ConnectionContext connection, boolean observed) {
    ColumnTags tags = tagsByConnection.getOrDefault(connection.name(), otherTags);
    Facts facts = Facts.of(request, connection, tags);
    RuleVerdict verdict = rules.verdict(facts);
    return Words.noting(
        decideByVerdict(request, connection, tags, facts, verdict, observed), verdict.observed());
  }

  private Decision decideByVerdict(
      DecisionRequest request,
      ConnectionContext connection,
      ColumnTags tags,
      Facts facts,
      RuleVerdict verdict,
      boolean observed) {
    StatementAnalysis analysis = request.analysis();
    if (verdict.failed().isPresent()) {
      return decisions.conditionFailed(verdict.failed().get(), verdict.ids());
    }
    Optional<Rule> block = verdict.first(Rule.Effect.BLOCK);
    if (block.isPresent() && !observed) {
      return decisions.deny(
          block.get().id(),
          verdict.ids(),
          Words.blocked(block.get()),
          List.of(),
          waysOut.block(request, block.get()));
    }
    if (!analysis.parsed()
        || !analysis.refusals().isEmpty()
        || !analysis.complete()
        || analysis.printed().isEmpty()) {
      return notUnderstood(request, facts, verdict);
    }
    Optional<Rule.Effect> strictest = verdict.strictest();
    if (strictest.isEmpty() && !observed) {
      return decisions.deny(
          "no-rule",
          List.of(),
          Words.noRule(analysis, connection),
          List.of(),
          waysOut.noRule(request));
    }
    boolean asks = strictest.equals(Optional.of(Rule.Effect.REQUIRE_APPROVAL)) && !observed;
    return decideOnMasking(request, connection, tags, verdict, asks);
  }

  private Decision decideOnMasking(
      DecisionRequest request,
      ConnectionContext connection,
      ColumnTags tags,
      RuleVerdict verdict,
      boolean asks) {
    // What people approved is run by the server, whose own login sees raw values.
    boolean databaseMasks =
        connection.ring().equals("enforced")
            && request.analysis().readsOnly()
            && !asks
            && request.grant().isEmpty();
    SensitiveView view =
        new SensitiveView(tags, masks, exemptions.patterns(request, connection), request);
    return switch (new MaskingJudge(view, request, parts.budget(), databaseMasks).judge()) {
      case MaskingVerdict.Refused refused ->
          decisions.deny(
              "mask:" + refused.tag(),
              verdict.ids(),
              refused.why() + discovered.words(List.of(refused.column()), connection.name()),
              List.of(refused.span()),
              Stream.concat(
                      waysOut.mask(request, refused).stream(),
                      discovered.wayOut(refused.column(), connection.name()).stream())
                  .toList());
      case MaskingVerdict.Shown shown when databaseMasks ->
          // The views hide the rows; who reads them is told.
          switch (rowFilters.restrict(request, connection)) {
            case RowFilters.Outcome.Undecided undecided ->
                decisions.filterUndecided(undecided.filter(), verdict.ids());
            case RowFilters.Outcome.Restricted restricted ->
                throughViews(request, verdict, shown, restricted.conditions());
          };
      case MaskingVerdict.Shown shown ->
          switch (rowFilters.restrict(request, connection)) {
            case RowFilters.Outcome.Undecided undecided ->
                decisions.filterUndecided(undecided.filter(), verdict.ids());
            case RowFilters.Outcome.Restricted restricted ->
                rewriteAndGoOn(request, view, verdict, shown, asks, restricted.conditions());
          };
    };
  }

  /// The database masks by itself: names with a schema are led to the masked views.
  private Decision throughViews(
      DecisionRequest request,
      RuleVerdict verdict,
      MaskingVerdict.Shown shown,
      Map<TableRef, String> filters) {
    return switch (ThroughViews.of(request, parts.rewriter())) {
      case ThroughViews.Outcome.Sent sent ->
          runOrAsk(request, verdict, shown, false, sent.text(), filters);
      case ThroughViews.Outcome.Refused refused ->
          decisions.deny(
              "not-at-source",
              verdict.ids(),
              refused.why(),
              refused.spans(),
              List.of(refused.wayOut()));
    };
  }

  private Decision rewriteAndGoOn(
      DecisionRequest request,
      SensitiveView view,
      RuleVerdict verdict,
      MaskingVerdict.Shown shown,
      boolean asks,
      Map<TableRef, String> filters) {
    if (filters.isEmpty() && shown.rewritten().isEmpty()) {
      // Whoever else may read the tables: a lent login reads them through views alone.
      if (request.analysis().readsOnly()
          && !asks
          && request.grant().isEmpty()
          && !request.catalog().standIns().isEmpty()) {
        return throughViews(request, verdict, shown, filters);
      }
      return runOrAsk(request, verdict, shown, asks, printed(request), Map.of());
    }
    Rewriting rewriting = new Rewriting(parts, request, view);
    return switch (rewriting.apply(printed(request), shown.rewritten(), filters)) {
      case Rewriting.Outcome.Rewritten rewritten ->
          runOrAsk(request, verdict, shown, asks, rewritten.text(), filters);
      case Rewriting.Outcome.Refused refused ->
          notRewritten(view, verdict, shown, filters, refused.why());
    };
  }

  private Decision runOrAsk(
      DecisionRequest request,
      RuleVerdict verdict,
      MaskingVerdict.Shown shown,
      boolean asks,
      String text,
      Map<TableRef, String> filters) {
    Limits limits = verdict.limits();
    if (request.actor() instanceof Actor.Agent) {
      limits = RuleVerdict.smaller(limits, bundle.agents().limits());
    }
    if (asks) {
      return approval.decide(
          request,
          verdict,
          verdict.with(Rule.Effect.REQUIRE_APPROVAL),
          new ApprovalStep.Subject(text, shown, limits, filters));
    }
    boolean allowed = verdict.strictest().equals(Optional.of(Rule.Effect.ALLOW));
    Rule winner = allowed ? verdict.first(Rule.Effect.ALLOW).orElse(null) : null;
    return new Decision.Allow(
        new Permit(
            request.analysis(),
            text,
            request.connection(),
            shown.plan(),
            limits,
            request.grant(),
            shown.equalities(),
            shown.lifted(),
            filters),
        decisions.proof(
            winner == null ? "observed" : winner.id(),
            verdict.ids(),
            (winner == null
                    ? Words.observed(verdict)
                    : Words.allowed(winner, shown, filters.keySet()))
                + discovered.words(
                    shown.plan().masks().stream()
                        .flatMap(mask -> mask.sensitiveSources().stream())
                        .distinct()
                        .toList(),
                    request.connection().name()),
            List.of(),
            List.of()));
  }

  /// A statement that nobody understands can at most be put before a human, and then runs as
  /// written, with no result shown.
  private Decision notUnderstood(DecisionRequest request, Facts facts, RuleVerdict verdict) {
    StatementAnalysis analysis = request.analysis();
    List<Rule> asking =
        analysis.parsed()
            ? List.of()
            : verdict.with(Rule.Effect.REQUIRE_APPROVAL).stream()
                .filter(rule -> rules.isAboutUnparsed(rule, facts))
                .toList();
    if (asking.isEmpty()) {
      return decisions.notUnderstood(
          analysis, verdict.ids(), waysOut.notUnderstood(analysis.refusals()));
    }
    return approval.decide(
        request,
        verdict,
        asking,
        new ApprovalStep.Subject(
            analysis.printed().orElse(analysis.statement().text()),
            new MaskingVerdict.Shown(MaskingPlan.none(), Set.of(), List.of(), Set.of(), Map.of()),
            verdict.limits(),
            Map.of()));
  }

  private Decision notRewritten(
      SensitiveView view,
      RuleVerdict verdict,
      MaskingVerdict.Shown shown,
      Map<TableRef, String> filters,
      String why) {
    if (!shown.rewritten().isEmpty()) {
      ColumnRef column = shown.rewritten().iterator().next();
      return decisions.deny(
          "mask:" + view.tagsOf(column).iterator().next(),
          verdict.ids(),
          column.dotted() + " may only be used masked, and this statement cannot be: " + why,
          "Leave the column out of conditions, joins and ordering.");
    }
    TableRef table = filters.keySet().iterator().next();
    return decisions.deny(
        rowFilters.idFor(table),
        verdict.ids(),
        "You see only some rows of "
            + table.dotted()
            + ", and this statement cannot be restricted to them: "
            + why,
        "Write it as a simpler SELECT over this table.");
  }

  private Optional<String> missingLabel(Actor actor) {
    if (!(actor instanceof Actor.Agent)) {
      return Optional.empty();
    }
    return bundle.agents().requireLabels().stream()
        .filter(label -> actor.labels().getOrDefault(label, "").isBlank())
        .findFirst();
  }

  private boolean rulesAllow(DecisionRequest request, ConnectionContext connection) {
    ColumnTags tags = tagsByConnection.getOrDefault(connection.name(), otherTags);
    RuleVerdict verdict =
        rules.verdict(Facts.of(GovernedConnections.on(request, connection), connection, tags));
    return verdict.failed().isEmpty() && verdict.strictest().equals(Optional.of(Rule.Effect.ALLOW));
  }

  private static String printed(DecisionRequest request) {
    return request.analysis().printed().orElseThrow();
  }
}
