package dev.sluice.server.execution;

import dev.sluice.governance.approval.UnmaskGrant;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.EqualityBudget;
import dev.sluice.governance.policy.WayOut;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.server.Problems;
import dev.sluice.server.directory.Session;
import dev.sluice.server.execution.Judge.Judgement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Decides again what a client says it may run. No receipt is given for what the server would not
/// allow, whatever the client thinks.
public final class StatementGuard {

  private final Judge judge;
  private final Function<Actor, List<UnmaskGrant>> unmasked;
  private final Consumer<String> requireThawed;

  /// @param unmasked the masks that are lifted for somebody now
  /// @param requireThawed refuses when writes on a connection are frozen
  public StatementGuard(
      Judge judge, Function<Actor, List<UnmaskGrant>> unmasked, Consumer<String> requireThawed) {
    this.judge = judge;
    this.unmasked = unmasked;
    this.requireThawed = requireThawed;
  }

  /// What running a statement takes with it.
  ///
  /// @param equalities what it spends of equality budgets
  /// @param lifted sensitive columns that it shows as they are, with the grants that allow it
  /// @param effects of its whole tree, as the server read it
  public record Checked(
      List<EqualityBudget.Spending> equalities,
      Map<ColumnRef, UnmaskGrant> lifted,
      Set<EffectKind> effects) {}

  /// What running the statement spends of equality budgets; empty for one that does not run.
  ///
  /// @throws dev.sluice.server.ServerProblem when the server decides otherwise
  public Checked check(Session session, StatementIntent intent) {
    if (!intent.verdict().equals("allow")) {
      return new Checked(List.of(), Map.of(), Set.of());
    }
    judge.requireEnforced(
        Labelled.actor(session.actor(), intent.labels(), intent.statement()), intent.connection());
    Judgement judgement = judge(session, intent, false);
    if (!allows(judgement, intent)) {
      // The client may have seen a newer schema than the catalog kept here.
      judgement = judge(session, intent, true);
    }
    if (!judgement.request().analysis().readsOnly()) {
      requireThawed.accept(intent.connection());
    }
    if (judgement.decision() instanceof Decision.Allow allow && allows(judgement, intent)) {
      return new Checked(
          allow.permit().equalities(),
          allow.permit().lifted(),
          judgement.request().analysis().effects().stream()
              .map(Effect::kind)
              .collect(Collectors.toUnmodifiableSet()));
    }
    throw Problems.decision(
        "server-decided-otherwise",
        judgement.decision() instanceof Decision.Allow
            ? "The server would send another text than the one announced."
            : judgement.decision().proof().reason(),
        judgement.decision().proof().waysOut().stream()
            .map(WayOut::label)
            .findFirst()
            .orElse("Refresh the policy and the catalog, and run it again."));
  }

  private Judgement judge(Session session, StatementIntent intent, boolean fresh) {
    return judge.judge(
        Labelled.actor(session.actor(), intent.labels(), intent.statement()),
        intent.connection(),
        intent.statement(),
        intent.binds(),
        intent.origin(),
        fresh,
        Optional.empty(),
        unmasked.apply(session.actor()));
  }

  private static boolean allows(Judgement judgement, StatementIntent intent) {
    return judgement.decision() instanceof Decision.Allow allow
        && allow.permit().textToSend().equals(intent.printed());
  }
}
