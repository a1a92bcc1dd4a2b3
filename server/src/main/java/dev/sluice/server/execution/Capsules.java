package dev.sluice.server.execution;

import dev.sluice.governance.approval.Capsule;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.masking.MaskingPlan;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.Effect;
import dev.sluice.server.execution.Judge.Judgement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Puts into one record what a reviewer sees, decides on, and what runs.
public final class Capsules {

  private Capsules() {}

  /// The capsule of a statement as the server understands it now.
  public static Capsule of(Judgement judgement) {
    return of(judgement, plan(judgement.decision()), impact(judgement));
  }

  /// The capsule of an approved statement as the server understands it now: all but the estimate,
  /// which is the one that was approved.
  public static Capsule again(Capsule approved, Judgement judgement) {
    return of(judgement, plan(judgement.decision()), approved.impact());
  }

  private static Capsule of(Judgement judgement, MaskingPlan plan, Map<String, String> impact) {
    Map<Integer, String> masked = new TreeMap<>();
    plan.masks().forEach(mask -> masked.put(mask.ordinal(), mask.spec().algorithm()));
    return new Capsule(
        judgement.analysis().statement().text(),
        judgement.analysis().printed().orElse(""),
        judgement.binds(),
        judgement.target().name(),
        judgement.target().environment(),
        judgement.catalog().fingerprint(),
        judgement.policy().signed().version(),
        masked,
        effects(judgement),
        impact,
        judgement.target().rowCeiling());
  }

  private static MaskingPlan plan(Decision decision) {
    return switch (decision) {
      case Decision.Allow allow -> allow.permit().plan();
      case Decision.NeedsApproval needsApproval -> needsApproval.plan();
      case Decision.Deny deny -> MaskingPlan.none();
    };
  }

  private static List<String> effects(Judgement judgement) {
    return judgement.analysis().effects().stream().map(Capsules::line).sorted().toList();
  }

  private static String line(Effect effect) {
    String line = effect.kind() + " " + String.join(", ", effect.objects());
    return effect.filtered() ? line.strip() + " (some rows)" : line.strip();
  }

  private static Map<String, String> impact(Judgement judgement) {
    Map<String, String> impact = new TreeMap<>();
    impact.put(
        "tables",
        String.join(", ", judgement.analysis().tables().stream().map(TableRef::dotted).toList()));
    for (TableRef table : judgement.analysis().tables()) {
      judgement
          .catalog()
          .find(table)
          .filter(relation -> relation.estimatedRows() >= 0)
          .ifPresent(
              relation ->
                  impact.put("rows in " + table.dotted(), "about " + relation.estimatedRows()));
    }
    return impact;
  }
}
