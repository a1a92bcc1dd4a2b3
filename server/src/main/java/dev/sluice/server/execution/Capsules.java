package dev.sluice.server.execution;

import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Capsule;
import dev.sluice.governance.approval.Right;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.Exporting;
import dev.sluice.server.execution.Judge.Judgement;
import java.util.Map;
import java.util.TreeMap;

/// Puts into one record what a reviewer sees, decides on, and what runs: the core's capsule, with
/// the server's estimate and row ceiling.
public final class Capsules {

  private Capsules() {}

  /// The capsule of a statement that needs approval.
  public static Capsule of(Judgement judgement, Decision.NeedsApproval asked) {
    Capsule capsule = dev.sluice.governance.policy.Capsules.of(judgement.request(), asked);
    Map<String, String> impact = new TreeMap<>(capsule.impact());
    for (TableRef table : judgement.request().analysis().tables()) {
      judgement
          .request()
          .catalog()
          .find(table)
          .filter(relation -> relation.estimatedRows() >= 0)
          .ifPresent(
              relation ->
                  impact.put("rows in " + table.dotted(), "about " + relation.estimatedRows()));
    }
    return with(capsule, impact, judgement.target().rowCeiling());
  }

  /// The capsule of an approved statement as the server understands it now. The estimate stays the
  /// one that was approved. A statement that would no longer ask for approval has another capsule:
  /// what was approved then no longer holds.
  public static Capsule again(ApprovalRequest request, Judgement judgement) {
    Capsule approved = request.capsule();
    if (request.right() instanceof Right.Export) {
      return Exporting.capsule(judgement.request(), judgement.decision())
          .map(now -> with(now, approved.impact(), approved.rowCeiling()))
          .orElseGet(() -> changed(approved, judgement));
    }
    return switch (judgement.decision()) {
      case Decision.NeedsApproval asked ->
          with(
              dev.sluice.governance.policy.Capsules.of(judgement.request(), asked),
              approved.impact(),
              judgement.target().rowCeiling());
      case Decision.Allow allow -> changed(approved, judgement);
      case Decision.Deny deny -> changed(approved, judgement);
    };
  }

  private static Capsule changed(Capsule approved, Judgement judgement) {
    return new Capsule(
        approved.text(),
        approved.printed(),
        approved.binds(),
        approved.connection(),
        approved.environment(),
        judgement.request().catalog().fingerprint(),
        judgement.policy().signed().version(),
        approved.maskedOutputs(),
        java.util.List.of("no longer asks for approval: " + judgement.decision().word()),
        approved.impact(),
        approved.rowCeiling());
  }

  private static Capsule with(Capsule capsule, Map<String, String> impact, long rowCeiling) {
    return new Capsule(
        capsule.text(),
        capsule.printed(),
        capsule.binds(),
        capsule.connection(),
        capsule.environment(),
        capsule.schemaFingerprint(),
        capsule.policyVersion(),
        capsule.maskedOutputs(),
        capsule.effects(),
        impact,
        rowCeiling);
  }
}
