package dev.sluice.governance.policy;

import dev.sluice.governance.identity.Actor;
import java.util.ArrayList;
import java.util.List;

/// Who sees which tags raw. Agents never inherit an exemption; a condition that fails exempts
/// nobody.
final class Exemptions {

  private final List<PolicyBundle.Exemption> exemptions;
  private final List<Condition> conditions;

  Exemptions(List<PolicyBundle.Exemption> exemptions) {
    this.exemptions = exemptions;
    this.conditions =
        exemptions.stream()
            .map(exemption -> new Condition(ConditionLanguage.WHO, exemption.who()))
            .toList();
  }

  /// Tags or patterns that do not bind whoever asks.
  List<String> patterns(DecisionRequest request, ConnectionContext connection) {
    List<String> patterns = new ArrayList<>();
    if (request.actor() instanceof Actor.Agent) {
      return patterns;
    }
    for (int i = 0; i < exemptions.size(); i++) {
      PolicyBundle.Exemption exemption = exemptions.get(i);
      if (request.at().isBefore(exemption.until())
          && conditions.get(i).of(Facts.who(request, connection))
              instanceof Condition.Outcome.Holds(boolean value)
          && value) {
        patterns.addAll(exemption.tags());
      }
    }
    return patterns;
  }

  void warmUp() {
    conditions.forEach(Condition::compiled);
  }
}
