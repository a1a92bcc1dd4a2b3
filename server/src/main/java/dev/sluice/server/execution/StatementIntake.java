package dev.sluice.server.execution;

import dev.sluice.governance.codec.wire.Receipt;
import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.governance.policy.EqualityBudget;
import dev.sluice.server.directory.Session;
import dev.sluice.server.ledger.Statements;
import dev.sluice.server.policies.StoredBudget;
import java.util.List;

/// Takes an announced statement: decides it anew, spends what it spends, writes it down.
public final class StatementIntake {

  private static final int STRIPES = 64;

  private final StatementGuard guard;
  private final Statements statements;
  private final StoredBudget budget;
  private final Object[] stripes = new Object[STRIPES];

  public StatementIntake(StatementGuard guard, Statements statements, StoredBudget budget) {
    this.guard = guard;
    this.statements = statements;
    this.budget = budget;
    java.util.Arrays.setAll(stripes, stripe -> new Object());
  }

  /// When this returns, the intent is durable.
  public Receipt take(Session session, StatementIntent intent) {
    List<EqualityBudget.Spending> spendings = guard.check(session, intent);
    if (spendings.isEmpty()) {
      return statements.intent(session, intent, transaction -> {});
    }
    // One person's spending is decided and spent one after the other, or two at once could both
    // take the last of a budget.
    String subject = spendings.getFirst().subject();
    synchronized (stripes[Math.floorMod(subject.hashCode(), STRIPES)]) {
      List<EqualityBudget.Spending> now = guard.check(session, intent);
      return statements.intent(session, intent, transaction -> budget.spend(transaction, now));
    }
  }
}
