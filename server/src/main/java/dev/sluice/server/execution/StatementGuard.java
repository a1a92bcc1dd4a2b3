package dev.sluice.server.execution;

import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.EqualityBudget;
import dev.sluice.governance.policy.WayOut;
import dev.sluice.server.Problems;
import dev.sluice.server.directory.Session;
import dev.sluice.server.execution.Judge.Judgement;
import java.util.List;
import java.util.Optional;

/// Decides again what a client says it may run. No receipt is given for what the server would not
/// allow, whatever the client thinks.
public final class StatementGuard {

  private final Judge judge;

  public StatementGuard(Judge judge) {
    this.judge = judge;
  }

  /// What running the statement spends of equality budgets; empty for one that does not run.
  ///
  /// @throws dev.sluice.server.ServerProblem when the server decides otherwise
  public List<EqualityBudget.Spending> check(Session session, StatementIntent intent) {
    if (!intent.verdict().equals("allow")) {
      return List.of();
    }
    judge.requireEnforced(
        Labelled.actor(session.actor(), intent.labels(), intent.statement()), intent.connection());
    Judgement judgement = judge(session, intent, false);
    if (!allows(judgement, intent)) {
      // The client may have seen a newer schema than the catalog kept here.
      judgement = judge(session, intent, true);
    }
    if (judgement.decision() instanceof Decision.Allow allow && allows(judgement, intent)) {
      return allow.permit().equalities();
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
        Optional.empty());
  }

  private static boolean allows(Judgement judgement, StatementIntent intent) {
    return judgement.decision() instanceof Decision.Allow allow
        && allow.permit().textToSend().equals(intent.printed());
  }
}
