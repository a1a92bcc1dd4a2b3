package dev.sluice.governance.policy;

import dev.sluice.governance.approval.Capsule;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.masking.MaskingPlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Makes the capsule that people are asked about, and finds what has changed since.
public final class Capsules {

  private Capsules() {}

  /// What exactly would be approved. The same request and the same answer give an equal capsule: it
  /// holds nothing that changes by itself, such as row estimates.
  public static Capsule of(DecisionRequest request, Decision.NeedsApproval asked) {
    return of(request, asked.plan(), asked.proof().policyVersion());
  }

  static Capsule of(DecisionRequest request, MaskingPlan plan, long policyVersion) {
    Map<Integer, String> masked = new TreeMap<>();
    for (ColumnMask mask : plan.masks()) {
      masked.put(mask.ordinal(), mask.spec().algorithm());
    }
    Set<String> effects = new LinkedHashSet<>();
    request
        .analysis()
        .effects()
        .forEach(
            effect ->
                effects.add(
                    (effect.kind() + " " + String.join(", ", effect.objects())).strip()
                        + (effect.filtered() ? " (chosen rows)" : "")));
    Map<String, String> impact = new TreeMap<>();
    impact.put(
        "tables",
        request.analysis().tables().stream()
            .map(TableRef::dotted)
            .sorted()
            .collect(Collectors.joining(", ")));
    return new Capsule(
        request.analysis().statement().text(),
        request.analysis().printed().orElse(request.analysis().statement().text()),
        request.binds(),
        request.connection().name(),
        request.connection().environment(),
        request.catalog().fingerprint(),
        policyVersion,
        masked,
        new ArrayList<>(effects),
        impact,
        -1);
  }

  /// The first thing in which what was approved differs from what would be asked now, in words;
  /// empty when nothing does.
  static Optional<String> difference(Capsule approved, Capsule now) {
    Map<String, List<Object>> fields = new TreeMap<>();
    fields.put("the statement", List.of(approved.text(), now.text()));
    fields.put("the text that is sent", List.of(approved.printed(), now.printed()));
    fields.put("the bind values", List.of(approved.binds(), now.binds()));
    fields.put("the connection", List.of(approved.connection(), now.connection()));
    fields.put("the environment", List.of(approved.environment(), now.environment()));
    fields.put(
        "the database's schema", List.of(approved.schemaFingerprint(), now.schemaFingerprint()));
    fields.put("the policy", List.of(approved.policyVersion(), now.policyVersion()));
    fields.put("what is masked", List.of(approved.maskedOutputs(), now.maskedOutputs()));
    fields.put("the effects", List.of(approved.effects(), now.effects()));
    return fields.entrySet().stream()
        .filter(field -> !field.getValue().getFirst().equals(field.getValue().getLast()))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
