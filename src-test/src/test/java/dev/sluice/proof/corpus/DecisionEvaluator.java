package dev.sluice.proof.corpus;

import dev.sluice.governance.approval.ApproverRule;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.masking.MaskingPlan;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.Limits;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.policy.Proof;
import dev.sluice.governance.policy.WayOut;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.SqlScript;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Decides on each statement of a script. Settings say who asks (`as`, `groups`, `actor`,
/// `labels`), where (`connection`, `ring`), when (`at`) and under which `policy`. Answers, in this
/// order:
///
/// - `statement TEXT` when the script holds several
/// - `verdict allow|needs-approval|deny RULE`
/// - `matched RULE...` when more than the winner matched
/// - `mask ORDINAL LABEL ALGORITHM TAG...`
/// - `limits rows N seconds N export-rows N`
/// - `approvers WHO... quorum N uses N decide DURATION use DURATION`
/// - `place "TEXT"` and `way KIND` for each place and each way out
final class DecisionEvaluator implements CorpusEvaluator {

  private final StatementAnalyzer analyzer;

  DecisionEvaluator(StatementAnalyzer analyzer) {
    this.analyzer = analyzer;
  }

  @Override
  public Set<String> settings() {
    return Set.of(
        "dialect",
        "schema",
        "policy",
        "as",
        "groups",
        "actor",
        "labels",
        "connection",
        "environment",
        "ring",
        "at");
  }

  @Override
  public Set<String> answers() {
    return Set.of("statement", "verdict", "matched", "mask", "limits", "approvers", "place", "way");
  }

  @Override
  public List<String> evaluate(CorpusCase each) {
    Dialect dialect = CorpusWords.dialect(each);
    PolicyBundle bundle = Decider.policy(each.setting("policy"));
    CatalogSnapshot catalog =
        CorpusSchemas.named(each.setting("schema")).withFunctions(bundle.functions());
    Decider decider =
        new Decider(
            analyzer,
            Decider.engine(bundle),
            catalog,
            actor(each),
            connection(each, dialect),
            Instant.parse(each.setting("at", "2026-03-02T09:00:00Z")));
    SqlScript script = SqlScript.cut(each.body(), dialect);
    List<String> answers = new ArrayList<>();
    for (StatementText statement : script.statements()) {
      if (script.statements().size() > 1) {
        answers.add("statement " + CorpusWords.oneLine(statement.text()));
      }
      answers.addAll(describe(decider.decide(statement), statement.text()));
    }
    return answers;
  }

  private static List<String> describe(Decision decision, String text) {
    Proof proof = decision.proof();
    List<String> answers = new ArrayList<>();
    answers.add("verdict " + decision.word() + " " + proof.rule());
    if (!proof.rules().equals(List.of(proof.rule())) && !proof.rules().isEmpty()) {
      answers.add("matched " + String.join(" ", proof.rules()));
    }
    switch (decision) {
      case Decision.Allow allow -> {
        answers.addAll(masks(allow.permit().plan()));
        limits(allow.permit().limits()).ifPresent(answers::add);
      }
      case Decision.NeedsApproval needsApproval -> {
        answers.addAll(masks(needsApproval.plan()));
        answers.add(approvers(needsApproval.approvers()));
      }
      case Decision.Deny deny -> {}
    }
    for (Span span : proof.spans()) {
      answers.add("place " + CorpusWords.quoted(span, text));
    }
    proof.waysOut().stream().map(DecisionEvaluator::way).forEach(answers::add);
    return answers;
  }

  private static List<String> masks(MaskingPlan plan) {
    return plan.masks().stream().map(mask -> mask(plan, mask)).toList();
  }

  private static String mask(MaskingPlan plan, ColumnMask mask) {
    return "mask "
        + mask.ordinal()
        + " "
        + plan.labels().get(mask.ordinal())
        + " "
        + mask.spec().algorithm()
        + " "
        + String.join(" ", mask.tags())
        + (mask.atSource() ? " at-source" : "");
  }

  private static Optional<String> limits(Limits limits) {
    String words =
        Stream.of(
                limit("rows", limits.rows()),
                limit("seconds", limits.seconds()),
                limit("export-rows", limits.exportRows()))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" "));
    return words.isEmpty() ? Optional.empty() : Optional.of("limits " + words);
  }

  private static Optional<String> limit(String name, OptionalLong value) {
    return value.isPresent() ? Optional.of(name + " " + value.getAsLong()) : Optional.empty();
  }

  private static String approvers(ApproverRule rule) {
    return "approvers "
        + String.join(" ", rule.anyOf())
        + " quorum "
        + rule.quorum()
        + " uses "
        + rule.executions()
        + " decide "
        + rule.decideWithin()
        + " use "
        + rule.useWithin();
  }

  private static String way(WayOut way) {
    return switch (way) {
      case WayOut.Fix fix -> "way fix \"" + CorpusWords.oneLine(fix.replacement()) + '"';
      case WayOut.AskApproval ask -> "way ask-approval";
      case WayOut.OtherConnection other -> "way other-connection " + other.connection();
      case WayOut.Advice advice -> "way advice";
    };
  }

  private static Actor actor(CorpusCase each) {
    Principal principal =
        new Principal(
            "local",
            each.setting("as"),
            each.setting("as") + "@example.test",
            each.setting("as"),
            words(each.setting("groups", "")),
            Set.of());
    Map<String, String> labels =
        words(each.setting("labels", "")).stream()
            .map(label -> label.split("=", 2))
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    return switch (each.setting("actor", "person")) {
      case "person" -> new Actor.Person(principal, labels);
      case "agent" ->
          new Actor.Agent(
              new Principal("local", "bot", null, "bot", Set.of(), Set.of()), principal, labels);
      case "pipeline" -> new Actor.Pipeline(principal, labels);
      default -> throw new CorpusException("no actor '" + each.setting("actor") + "'");
    };
  }

  private static ConnectionContext connection(CorpusCase each, Dialect dialect) {
    return new ConnectionContext(
        each.setting("connection"),
        each.setting("environment", "production"),
        dialect,
        each.setting("ring", "direct"),
        Map.of());
  }

  private static Set<String> words(String list) {
    return list.isBlank() ? Set.of() : Set.of(list.split(",\\s*"));
  }
}
