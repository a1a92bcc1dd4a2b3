package dev.sluice.governance.policy;

import dev.sluice.governance.approval.ApproverRule;
import dev.sluice.governance.approval.Capsule;
import dev.sluice.governance.approval.Grant;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.masking.MaskingPlan;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.StatementAnalysis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  private final RuleSet rules;
  private final TagMasks masks;
  private final Map<String, ColumnTags> tagsByConnection = new HashMap<>();
  private final ColumnTags otherTags;
  private final List<Condition> exemptionConditions;
  private final List<Condition> filterConditions;
  private final WaysOut waysOut;

  StandardPolicyEngine(PolicyBundle bundle, EngineParts parts) {
    this.bundle = bundle;
    this.parts = parts;
    this.rules = new RuleSet(bundle.rules());
    this.masks = new TagMasks(bundle.masks(), bundle.agents().masks());
    for (PolicyBundle.GovernedConnection connection : bundle.connections()) {
      tagsByConnection.put(connection.name(), tagsOn(connection.name()));
    }
    this.otherTags = tagsOn("");
    this.exemptionConditions =
        bundle.exemptions().stream()
            .map(exemption -> new Condition(ConditionLanguage.WHO, exemption.who()))
            .toList();
    this.filterConditions =
        bundle.rowFilters().stream()
            .map(filter -> new Condition(ConditionLanguage.WHO, filter.who()))
            .toList();
    this.waysOut = new WaysOut(bundle, this::rulesAllow);
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
    exemptionConditions.forEach(Condition::compiled);
    filterConditions.forEach(Condition::compiled);
  }

  @Override
  public Decision decide(DecisionRequest request) {
    try {
      return decideInForce(request);
    } catch (RuntimeException e) {
      // Whatever went wrong, the answer is no; the class name is enough to find the place.
      return deny(
          "engine-failure",
          List.of(),
          "The decision could not be made (" + e.getClass().getSimpleName() + ").",
          List.of(),
          List.of(new WayOut.Advice("Tell the people who run Sluice; nothing was sent.")));
    }
  }

  private Decision decideInForce(DecisionRequest asked) {
    Optional<ConnectionContext> governed = governed(asked.connection());
    if (governed.isEmpty()) {
      return deny(
          "unknown-connection",
          List.of(),
          "The policy does not know the connection " + asked.connection().name() + ".",
          List.of(),
          List.of(new WayOut.Advice("Ask a policy admin to add it under connections.")));
    }
    ConnectionContext connection = governed.get();
    DecisionRequest request = on(asked, connection);
    boolean production = Environments.isProduction(connection.environment());
    if (production
        && bundle.expires().filter(expiry -> !request.at().isBefore(expiry)).isPresent()) {
      return deny(
          "policy-stale",
          List.of(),
          "This policy has expired; nothing runs on production until there is a newer one.",
          List.of(),
          List.of(new WayOut.Advice("Connect to the server to fetch the policy in force.")));
    }
    Optional<String> missing = missingLabel(request.actor());
    if (missing.isPresent()) {
      return deny(
          "agents.require-labels",
          List.of(),
          "Agents must carry the label \"" + missing.get() + "\".",
          List.of(),
          List.of(new WayOut.Advice("Start the agent with this label.")));
    }
    return decideByRules(request, connection, production);
  }

  private Decision decideByRules(
      DecisionRequest request, ConnectionContext connection, boolean production) {
    StatementAnalysis analysis = request.analysis();
    ColumnTags tags = tagsByConnection.getOrDefault(connection.name(), otherTags);
    Facts facts = Facts.of(request, connection, tags);
    RuleVerdict verdict = rules.verdict(facts);
    boolean observed = bundle.mode() == PolicyBundle.Mode.OBSERVE && !production;

    if (verdict.failed().isPresent()) {
      RuleVerdict.Failure failure = verdict.failed().get();
      return deny(
          failure.rule().id(),
          verdict.ids(),
          "The condition of rule "
              + failure.rule().id()
              + " could not be decided: "
              + failure.message()
              + ".",
          List.of(),
          List.of(new WayOut.Advice("Ask a policy admin to correct the rule.")));
    }
    Optional<Rule> block = verdict.first(Rule.Effect.BLOCK);
    if (block.isPresent() && !observed) {
      return blocked(request, verdict, block.get());
    }
    if (!analysis.parsed()
        || !analysis.refusals().isEmpty()
        || !analysis.complete()
        || analysis.printed().isEmpty()) {
      return notUnderstood(request, facts, verdict);
    }
    Optional<Rule.Effect> strictest = verdict.strictest();
    if (strictest.isEmpty() && !observed) {
      return deny(
          "no-rule",
          List.of(),
          Words.noRule(analysis, connection),
          List.of(),
          waysOut.noRule(request));
    }
    boolean asks = strictest.equals(Optional.of(Rule.Effect.REQUIRE_APPROVAL)) && !observed;
    boolean databaseMasks =
        connection.ring().equals("enforced")
            && analysis.readsOnly()
            && !asks
            && request.grant().isEmpty();
    SensitiveView view =
        new SensitiveView(tags, masks, exemptPatterns(request, connection), request);
    return switch (new MaskingJudge(view, request, parts.budget(), databaseMasks).judge()) {
      case MaskingVerdict.Refused refused ->
          deny(
              "mask:" + refused.tag(),
              verdict.ids(),
              refused.why(),
              List.of(refused.span()),
              waysOut.mask(request, refused));
      case MaskingVerdict.Shown shown ->
          afterMasking(request, connection, view, verdict, shown, asks, databaseMasks);
    };
  }

  private Decision afterMasking(
      DecisionRequest request,
      ConnectionContext connection,
      SensitiveView view,
      RuleVerdict verdict,
      MaskingVerdict.Shown shown,
      boolean asks,
      boolean databaseMasks) {
    Map<TableRef, String> filters = new LinkedHashMap<>();
    Optional<Decision> unfiltered =
        databaseMasks ? Optional.empty() : rowFilters(request, connection, verdict, filters);
    if (unfiltered.isPresent()) {
      return unfiltered.get();
    }
    String text = request.analysis().printed().orElseThrow();
    if (!filters.isEmpty() || !shown.rewritten().isEmpty()) {
      switch (new Rewriting(parts, request, view).apply(text, shown.rewritten(), filters)) {
        case Rewriting.Outcome.Refused refused -> {
          return notRewritten(view, verdict, shown, filters, refused.why());
        }
        case Rewriting.Outcome.Rewritten rewritten -> text = rewritten.text();
      }
    }
    Limits limits = verdict.limits();
    if (request.actor() instanceof Actor.Agent) {
      limits = RuleVerdict.smaller(limits, bundle.agents().limits());
    }
    if (asks) {
      return approval(request, verdict, shown, limits, text, filters);
    }
    boolean allowed = verdict.strictest().equals(Optional.of(Rule.Effect.ALLOW));
    Rule winner = allowed ? verdict.first(Rule.Effect.ALLOW).orElse(null) : null;
    return new Decision.Allow(
        new Permit(
            request.analysis(),
            text,
            connection,
            shown.plan(),
            limits,
            request.grant(),
            shown.equalities()),
        proof(
            winner == null ? "observed" : winner.id(),
            verdict.ids(),
            winner == null
                ? Words.observed(verdict)
                : Words.allowed(winner, shown, filters.keySet()),
            List.of(),
            List.of()));
  }

  private Decision approval(
      DecisionRequest request,
      RuleVerdict verdict,
      MaskingVerdict.Shown shown,
      Limits limits,
      String text,
      Map<TableRef, String> filters) {
    List<Rule> asking = verdict.with(Rule.Effect.REQUIRE_APPROVAL);
    return approval(request, verdict, asking, shown.plan(), shown, limits, text);
  }

  private Decision approval(
      DecisionRequest request,
      RuleVerdict verdict,
      List<Rule> asking,
      MaskingPlan plan,
      MaskingVerdict.Shown shown,
      Limits limits,
      String text) {
    ApproverRule approvers =
        ApproverRules.combine(asking.stream().flatMap(rule -> rule.approvers().stream()).toList());
    Decision.NeedsApproval needed =
        new Decision.NeedsApproval(
            approvers,
            plan,
            proof(
                asking.getFirst().id(),
                verdict.ids(),
                Words.needsApproval(asking, approvers),
                List.of(),
                waysOut.approval(request, approvers)));
    if (request.grant().isEmpty()) {
      return needed;
    }
    Grant grant = request.grant().get();
    Capsule now = Capsules.of(request, needed);
    Optional<String> difference = Capsules.difference(grant.capsule(), now);
    if (difference.isPresent() || request.at().isAfter(grant.useBy())) {
      return deny(
          "grant-stale",
          verdict.ids(),
          difference
              .map(what -> "This is not what was approved: " + what + " has changed since.")
              .orElse("The approval was not used in time."),
          List.of(),
          waysOut.approval(request, approvers));
    }
    return new Decision.Allow(
        new Permit(
            request.analysis(),
            text,
            request.connection(),
            plan,
            limits,
            request.grant(),
            shown.equalities()),
        proof(
            asking.getFirst().id(),
            verdict.ids(),
            "Approved as request " + grant.requestId() + ".",
            List.of(),
            List.of()));
  }

  private Decision blocked(DecisionRequest request, RuleVerdict verdict, Rule block) {
    return deny(
        block.id(), verdict.ids(), Words.blocked(block), List.of(), waysOut.block(request, block));
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
    if (!asking.isEmpty()) {
      return approval(
          request,
          verdict,
          asking,
          MaskingPlan.none(),
          new MaskingVerdict.Shown(
              MaskingPlan.none(), java.util.Set.of(), List.of(), java.util.Set.of()),
          verdict.limits(),
          analysis.printed().orElse(analysis.statement().text()));
    }
    List<Refusal> refusals = analysis.refusals();
    return deny(
        "not-understood",
        verdict.ids(),
        refusals.isEmpty()
            ? "This statement was not understood completely, so nothing is known about it."
            : refusals.getFirst().message(),
        refusals.isEmpty()
            ? List.of(new Span(0, analysis.statement().text().length()))
            : refusals.stream().map(Refusal::span).toList(),
        waysOut.notUnderstood(refusals));
  }

  private Optional<Decision> rowFilters(
      DecisionRequest request,
      ConnectionContext connection,
      RuleVerdict verdict,
      Map<TableRef, String> filters) {
    for (int i = 0; i < bundle.rowFilters().size(); i++) {
      PolicyBundle.RowFilter filter = bundle.rowFilters().get(i);
      List<TableRef> tables =
          request.analysis().tables().stream()
              .filter(table -> TablePattern.matches(filter.table(), table))
              .toList();
      if (tables.isEmpty()) {
        continue;
      }
      switch (filterConditions.get(i).of(Facts.who(request, connection))) {
        case Condition.Outcome.Failed failed -> {
          return Optional.of(
              deny(
                  filter.id(),
                  verdict.ids(),
                  "Whether the row filter " + filter.id() + " holds could not be decided.",
                  List.of(),
                  List.of(new WayOut.Advice("Ask a policy admin to correct the filter."))));
        }
        case Condition.Outcome.Holds holds -> {
          if (holds.value()) {
            tables.forEach(
                table ->
                    filters.merge(
                        table, "(" + filter.filter() + ")", (one, other) -> one + " AND " + other));
          }
        }
      }
    }
    return Optional.empty();
  }

  private Decision notRewritten(
      SensitiveView view,
      RuleVerdict verdict,
      MaskingVerdict.Shown shown,
      Map<TableRef, String> filters,
      String why) {
    if (!shown.rewritten().isEmpty()) {
      ColumnRef column = shown.rewritten().iterator().next();
      return deny(
          "mask:" + view.tagsOf(column).iterator().next(),
          verdict.ids(),
          column.dotted() + " may only be used masked, and this statement cannot be: " + why,
          List.of(),
          List.of(new WayOut.Advice("Leave the column out of conditions, joins and ordering.")));
    }
    TableRef table = filters.keySet().iterator().next();
    String id =
        bundle.rowFilters().stream()
            .filter(filter -> TablePattern.matches(filter.table(), table))
            .map(PolicyBundle.RowFilter::id)
            .findFirst()
            .orElse("row-filter");
    return deny(
        id,
        verdict.ids(),
        "You see only some rows of "
            + table.dotted()
            + ", and this statement cannot be restricted to them: "
            + why,
        List.of(),
        List.of(new WayOut.Advice("Write it as a simpler SELECT over this table.")));
  }

  /// Agents never inherit an exemption. A condition that fails exempts nobody.
  private List<String> exemptPatterns(DecisionRequest request, ConnectionContext connection) {
    List<String> patterns = new ArrayList<>();
    if (request.actor() instanceof Actor.Agent) {
      return patterns;
    }
    for (int i = 0; i < bundle.exemptions().size(); i++) {
      PolicyBundle.Exemption exemption = bundle.exemptions().get(i);
      if (request.at().isBefore(exemption.until())
          && exemptionConditions.get(i).of(Facts.who(request, connection))
              instanceof Condition.Outcome.Holds(boolean value)
          && value) {
        patterns.addAll(exemption.tags());
      }
    }
    return patterns;
  }

  private Optional<String> missingLabel(Actor actor) {
    if (!(actor instanceof Actor.Agent)) {
      return Optional.empty();
    }
    return bundle.agents().requireLabels().stream()
        .filter(label -> actor.labels().getOrDefault(label, "").isBlank())
        .findFirst();
  }

  /// The connection as the policy knows it: its environment is the policy's word, not the caller's.
  private Optional<ConnectionContext> governed(ConnectionContext connection) {
    if (bundle.connections().isEmpty()) {
      return Optional.of(connection);
    }
    return bundle.connections().stream()
        .filter(known -> known.name().equals(connection.name()))
        .findFirst()
        .map(
            known ->
                new ConnectionContext(
                    connection.name(),
                    known.environment(),
                    connection.engine(),
                    connection.ring(),
                    connection.labels()));
  }

  private boolean rulesAllow(DecisionRequest request, ConnectionContext connection) {
    ColumnTags tags = tagsByConnection.getOrDefault(connection.name(), otherTags);
    RuleVerdict verdict = rules.verdict(Facts.of(on(request, connection), connection, tags));
    return verdict.failed().isEmpty() && verdict.strictest().equals(Optional.of(Rule.Effect.ALLOW));
  }

  private static DecisionRequest on(DecisionRequest request, ConnectionContext connection) {
    return new DecisionRequest(
        request.analysis(),
        request.catalog(),
        request.actor(),
        connection,
        request.at(),
        request.origin(),
        request.ticket(),
        request.inTransaction(),
        request.rowsTouched(),
        request.binds(),
        request.grant());
  }

  private Decision deny(
      String rule, List<String> rules, String reason, List<Span> spans, List<WayOut> ways) {
    return new Decision.Deny(proof(rule, rules, reason, spans, ways));
  }

  private Proof proof(
      String rule, List<String> rules, String reason, List<Span> spans, List<WayOut> ways) {
    return new Proof(rule, rules, reason, spans, ways, bundle.version());
  }
}
