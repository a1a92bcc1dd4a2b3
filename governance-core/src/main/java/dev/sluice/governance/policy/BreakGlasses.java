package dev.sluice.governance.policy;

import dev.sluice.governance.identity.Actor;
import java.time.Instant;
import java.util.Optional;

/// Whether a policy lets somebody break the glass.
public final class BreakGlasses {

  private BreakGlasses() {}

  /// The terms for somebody on a connection; empty when the policy has none, its condition does not
  /// hold or fails, or whoever asks is no person.
  public static Optional<PolicyBundle.BreakGlass> terms(
      PolicyBundle bundle, Actor actor, ConnectionContext connection, Instant at) {
    if (!(actor instanceof Actor.Person)) {
      return Optional.empty();
    }
    return bundle
        .breakGlass()
        .filter(
            terms ->
                new Condition(ConditionLanguage.WHO, terms.who())
                            .of(ColumnSights.whoAsks(actor, connection, at))
                        instanceof Condition.Outcome.Holds(boolean holds)
                    && holds);
  }
}
