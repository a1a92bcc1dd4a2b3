package dev.sluice.governance.policy;

import dev.sluice.governance.approval.ApproverRule;
import dev.sluice.governance.approval.Capsule;
import dev.sluice.governance.masking.MaskingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Who may let more rows of a statement leave than the rules let everybody take, and how many at
/// most. The rows leave masked, as they are shown.
public final class Exporting {

  private Exporting() {}

  /// What the policy says.
  public sealed interface Answer {

    /// It can be asked for.
    ///
    /// @param rules the rules that limit it or ask for approval
    record Possible(Capsule capsule, List<String> rules, ApproverRule approvers)
        implements Answer {}

    /// It cannot, or need not.
    record Refused(String code, String why, String wayOut) implements Answer {}
  }

  /// @param decision what the engine says of the statement, without a grant
  /// @param rows that are to leave, at least 1
  public static Answer of(
      PolicyBundle bundle, DecisionRequest request, Decision decision, long rows) {
    if (bundle.exports().isEmpty()) {
      return new Answer.Refused(
          "export-not-approvable",
          "The policy names nobody who may let more rows leave than its rules do.",
          "Take fewer rows, or ask the policy's administrator for approvers of exports.");
    }
    if (!request.analysis().readsOnly()) {
      return new Answer.Refused(
          "export-reads-only",
          "Only the rows of a statement that reads can be exported.",
          "Ask for the change and for an export of what it left as two requests.");
    }
    PolicyBundle.Exports terms = bundle.exports().get();
    if (rows > terms.maxRows()) {
      return new Answer.Refused(
          "export-too-large",
          "The policy lets " + terms.maxRows() + " rows leave at most, whoever agrees.",
          "Ask for " + terms.maxRows() + " rows or fewer.");
    }
    return switch (decision) {
      case Decision.Deny deny ->
          new Answer.Refused(
              "denied",
              deny.proof().reason(),
              deny.proof().waysOut().stream()
                  .map(WayOut::label)
                  .findFirst()
                  .orElse("Ask the connection's owner what can be done."));
      case Decision.Allow allow -> allowed(bundle, request, allow, rows);
      case Decision.NeedsApproval asks ->
          possible(
              request,
              asks.plan(),
              asks.proof(),
              rows,
              Owners.combine(
                  bundle,
                  request.connection().name(),
                  List.of(asks.approvers(), terms.approvers())));
    };
  }

  private static Answer allowed(
      PolicyBundle bundle, DecisionRequest request, Decision.Allow allow, long rows) {
    Limits limits = allow.permit().limits();
    OptionalLong free = limits.exportRows();
    if (free.isEmpty() || rows <= free.getAsLong()) {
      return new Answer.Refused(
          "approval-not-needed",
          free.isEmpty()
              ? "Any number of rows of this statement may leave without approval."
              : free.getAsLong() + " rows of this statement may leave without approval.",
          "Run it and export them.");
    }
    if (limits.rows().isPresent() && rows > limits.rows().getAsLong()) {
      return new Answer.Refused(
          "export-over-row-limit",
          "The policy shows " + limits.rows().getAsLong() + " rows of a statement at most.",
          "Ask for that many or fewer, or narrow the statement.");
    }
    return possible(
        request,
        allow.permit().plan(),
        allow.proof(),
        rows,
        Owners.resolve(
            bundle, request.connection().name(), bundle.exports().orElseThrow().approvers()));
  }

  /// What runs for an export that was approved, as it would be decided now; for comparing with what
  /// was approved. Empty when it would be denied.
  public static java.util.Optional<Capsule> capsule(DecisionRequest request, Decision decision) {
    return switch (decision) {
      case Decision.Allow allow ->
          java.util.Optional.of(capsule(request, allow.permit().plan(), allow.proof()));
      case Decision.NeedsApproval asks ->
          java.util.Optional.of(capsule(request, asks.plan(), asks.proof()));
      case Decision.Deny deny -> java.util.Optional.empty();
    };
  }

  private static Answer possible(
      DecisionRequest request, MaskingPlan plan, Proof proof, long rows, ApproverRule approvers) {
    Capsule bare = capsule(request, plan, proof);
    Map<String, String> impact = new TreeMap<>(bare.impact());
    impact.put("rows that leave", "at most " + rows);
    List<String> rules = new ArrayList<>(proof.rules());
    rules.add("exports");
    return new Answer.Possible(
        new Capsule(
            bare.text(),
            bare.printed(),
            bare.binds(),
            bare.connection(),
            bare.environment(),
            bare.schemaFingerprint(),
            bare.policyVersion(),
            bare.maskedOutputs(),
            bare.effects(),
            impact,
            bare.rowCeiling()),
        rules,
        approvers);
  }

  private static Capsule capsule(DecisionRequest request, MaskingPlan plan, Proof proof) {
    return Capsules.of(request, plan, proof.policyVersion());
  }
}
