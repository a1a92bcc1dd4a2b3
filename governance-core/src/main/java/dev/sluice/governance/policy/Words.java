package dev.sluice.governance.policy;

import dev.sluice.governance.approval.ApproverRule;
import dev.sluice.governance.approval.UnmaskGrant;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.StatementAnalysis;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Reasons as people read them.
final class Words {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private Words() {}

  static String blocked(Rule rule) {
    return rule.message().isBlank()
        ? "The rule " + rule.id() + " does not let this run."
        : rule.message();
  }

  static String noRule(StatementAnalysis analysis, ConnectionContext connection) {
    String effects =
        analysis.effects().stream()
            .map(Words::inWords)
            .distinct()
            .collect(Collectors.joining(", "));
    return "No rule lets you run this on "
        + connection.name()
        + " ("
        + connection.environment()
        + "); what no rule allows is refused. What it does: "
        + effects
        + ".";
  }

  /// What is read goes without saying; of everything else people want to know what it is done to.
  private static String inWords(Effect effect) {
    return effect.kind().readsOnly() || effect.objects().isEmpty()
        ? effect.kind().name()
        : effect.kind().name() + " " + String.join(" and ", effect.objects());
  }

  static String needsApproval(List<Rule> asking, ApproverRule approvers) {
    String message =
        asking.stream()
            .map(Rule::message)
            .filter(text -> !text.isBlank())
            .distinct()
            .collect(Collectors.joining(" "));
    String who = "Somebody else has to agree first: " + ApproverRules.inWords(approvers) + ".";
    return message.isEmpty() ? who : message + " " + who;
  }

  static String allowed(Rule rule, MaskingVerdict.Shown shown, Set<TableRef> filtered) {
    StringBuilder reason = new StringBuilder("Allowed by " + rule.id() + ".");
    List<ColumnMask> masks = shown.plan().masks();
    if (!masks.isEmpty()) {
      reason
          .append(
              masks.size() == 1
                  ? " 1 column is masked ("
                  : " " + masks.size() + " columns are masked (")
          .append(
              masks.stream()
                  .flatMap(mask -> mask.tags().stream())
                  .distinct()
                  .collect(Collectors.joining(", ")))
          .append(").");
    }
    reason.append(lifted(shown.lifted()));
    if (!shown.inferable().isEmpty()) {
      reason
          .append(" Values of ")
          .append(
              shown.inferable().stream().map(ColumnRef::dotted).collect(Collectors.joining(", ")))
          .append(" can be inferred from this.");
    }
    shown
        .equalities()
        .forEach(
            spending ->
                reason
                    .append(" Comparisons with ")
                    .append(spending.column().dotted())
                    .append(" count towards what you may compare in a day."));
    if (!filtered.isEmpty()) {
      reason
          .append(" You see only your rows of ")
          .append(filtered.stream().map(TableRef::dotted).collect(Collectors.joining(", ")))
          .append(".");
    }
    return reason.toString();
  }

  private static String lifted(Map<ColumnRef, UnmaskGrant> lifted) {
    if (lifted.isEmpty()) {
      return "";
    }
    UnmaskGrant first =
        lifted.values().stream().min(Comparator.comparing(UnmaskGrant::until)).orElseThrow();
    return " Shown as "
        + (lifted.size() == 1 ? "it is" : "they are")
        + " until "
        + CLOCK.format(first.until().atOffset(ZoneOffset.UTC))
        + " UTC, because request "
        + first.requestId()
        + " was approved: "
        + lifted.keySet().stream().map(ColumnRef::dotted).collect(Collectors.joining(", "))
        + ".";
  }

  /// The decision, with what rules that are only observed would have done.
  static Decision noting(Decision decision, List<Rule> observed) {
    if (observed.isEmpty()) {
      return decision;
    }
    Proof proof = decision.proof();
    String would = observed.stream().map(Words::would).collect(Collectors.joining("; "));
    Proof noted =
        new Proof(
            proof.rule(),
            proof.rules(),
            proof.reason() + " Only observed: " + would + ".",
            proof.spans(),
            proof.waysOut(),
            proof.policyVersion());
    return switch (decision) {
      case Decision.Allow allow -> new Decision.Allow(allow.permit(), noted);
      case Decision.NeedsApproval asks ->
          new Decision.NeedsApproval(asks.approvers(), asks.plan(), noted);
      case Decision.Deny deny -> new Decision.Deny(noted);
    };
  }

  static String observed(RuleVerdict verdict) {
    return "Only observed: "
        + verdict
            .first(Rule.Effect.BLOCK)
            .or(() -> verdict.first(Rule.Effect.REQUIRE_APPROVAL))
            .map(Words::would)
            .orElse("no rule allows this")
        + ".";
  }

  /// @param rule one that blocks or asks
  private static String would(Rule rule) {
    return "the rule "
        + rule.id()
        + (rule.effect() == Rule.Effect.BLOCK ? " would block this" : " would ask for approval");
  }
}
